namespace BnNotebooks.Speed;

/// <summary>
/// Step 6: the channels shared out among threads. They have nothing to do with each other, so no thread waits for another;
/// each takes a contiguous range.
/// </summary>
/// <param name="threads">How many threads, at least 1.</param>
public sealed unsafe class Step6Threads(int threads) : ForwardStep
{
    readonly int threads = threads > 0 ? threads : throw new ArgumentOutOfRangeException(nameof(threads), threads, "Expected at least one thread.");

    /// <inheritdoc/>
    public override string Name => $"6 threads ({threads})";

    /// <inheritdoc/>
    public override string Idea => "each thread takes a range of channels";

    /// <inheritdoc/>
    public override int BytesPerElement => 4 + 4;

    /// <inheritdoc/>
    public override int FlopsPerElement => 4 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y)
    {
        fixed (float* from = x, to = y)
        {
            // A span cannot go to another thread, a pointer can. The memory stays pinned until all threads are done.
            var (source, target, length) = ((nint)from, (nint)to, x.Length);
            Parallel.For(0, threads, thread => Step5Streaming.Channels(
                new ReadOnlySpan<float>((float*)source, length), shape,
                first: (int)((long)shape.C * thread / threads), end: (int)((long)shape.C * (thread + 1) / threads),
                new Span<float>((float*)target, length)));
        }
    }
}
