namespace BnNotebooks.Speed;

/// <summary>
/// Step 4: the same work in another order. A channel is normalized right after its statistics, while the cache still holds
/// it, and not after those of all other channels: x comes from memory once instead of twice.
/// </summary>
public sealed class Step4CacheBlocked : ForwardStep
{
    /// <inheritdoc/>
    public override string Name => "4 cache-blocked";

    /// <inheritdoc/>
    public override string Idea => "channel by channel, so that x is read from memory once";

    /// <inheritdoc/>
    public override int BytesPerElement => 4 + 4 + 4;

    /// <inheritdoc/>
    public override int FlopsPerElement => 4 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y)
    {
        for (var c = 0; c < shape.C; c++)
        {
            var moments = Step3Fused.MomentsOf(x, shape, c);       // from memory
            Step3Fused.Normalize(x, shape, c, moments, y);         // from the cache
        }
    }
}
