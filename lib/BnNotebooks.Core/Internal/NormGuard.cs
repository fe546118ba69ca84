namespace BnNotebooks.Core;

/// <summary>Checks of inputs and options that the normalizations share.</summary>
internal static class NormGuard
{
    /// <summary>An input of a rank the layer takes, with the layer's number of channels where they belong.</summary>
    public static void Channels(
        ReadOnlySpan<nint> input, string expectedShape, bool acceptsRank, int channelDimension, int channels, string parameter)
    {
        if (!acceptsRank)
            throw new ArgumentException(
                $"Expected shape {expectedShape} with C = {channels}, but it has rank {input.Length}: {Guard.Show(input)}.", parameter);
        if (input[channelDimension] != channels)
            throw new ArgumentException(
                $"Expected shape {expectedShape} with C = {channels}, the layer's number of channels, "
                + $"but dimension {channelDimension} is {input[channelDimension]}: {Guard.Show(input)}.", parameter);
    }

    /// <summary>A single value has no spread: normalized by itself it is zero, whatever it was.</summary>
    public static void Spread(long count, string of, ReadOnlySpan<nint> input, string remedy, string parameter)
    {
        if (count == 1)
            throw new ArgumentException(
                $"Expected more than one value per {of} to take statistics of, but the shape is {Guard.Show(input)}. {remedy}", parameter);
    }

    /// <summary>The new statistics' share of the running ones, where there is no plain average to choose instead.</summary>
    public static double Momentum(double momentum)
    {
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Expected the new batch's share, from 0 to 1.");
        return momentum;
    }
}
