namespace BnNotebooks.Core;

/// <summary>
/// An instance is one channel of one sample. Seen as channels of a single sample, instances have their own statistics and their
/// own γ and β in the arithmetic that batch norm has anyway.
/// </summary>
internal static class Instances
{
    /// <summary>N·C channels of one sample instead of C channels of N samples: the same elements in the same order.</summary>
    public static ChannelShape Of(ChannelShape shape) => new(N: 1, C: shape.N * shape.C, shape.S);

    /// <summary>What each channel has, written once an instance.</summary>
    public static TValue[] Repeat<TValue>(ReadOnlySpan<TValue> perChannel, ChannelShape shape)
    {
        var perInstance = new TValue[shape.N * shape.C];
        for (var n = 0; n < shape.N; n++)
            perChannel.CopyTo(perInstance.AsSpan(n * shape.C));
        return perInstance;
    }
}
