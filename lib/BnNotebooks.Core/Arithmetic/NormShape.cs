namespace BnNotebooks.Core;

/// <summary>
/// All by which batch, layer, group, instance and RMS normalization differ: which values share a mean and a variance, and which a γ
/// and a β. To all of them an input is N samples of C channels of S positions, in row-major order.
/// </summary>
/// <remarks>
/// γ and β are each channel's. Channels are put together in groups of neighbours, and a set, whose values share a mean and a
/// variance, is a group of one sample, or of all samples (<paramref name="Across"/>):
/// <code>
///                  view of the input           groups    across samples
/// batch norm       (N, C, positions)           C         yes
/// instance norm    (N, C, positions)           C         no
/// group norm       (N, C, positions)           G         no
/// layer, RMS norm  (all before, values, 1)     1         no
/// </code>
/// Layer norm has a γ for each value, so its values are the channels.
/// </remarks>
/// <param name="N">Samples.</param>
/// <param name="C">Channels: how many γ and β there are.</param>
/// <param name="S">Positions of a channel in a sample.</param>
/// <param name="Groups">Into how many groups the channels are put; a divisor of C.</param>
/// <param name="Across">Whether a set goes across all samples.</param>
internal readonly record struct NormShape(int N, int C, int S, int Groups, bool Across)
{
    /// <summary>How many sets there are.</summary>
    public int Sets => Across ? Groups : N * Groups;

    /// <summary>m in the papers: how many values a set has.</summary>
    public long M => (long)(C / Groups) * S * (Across ? N : 1);

    /// <summary>How many values there are.</summary>
    public int Length => N * C * S;

    /// <summary>To which set the values of channel <paramref name="c"/> of sample <paramref name="n"/> belong.</summary>
    public int Set(int n, int c) => (Across ? 0 : n * Groups) + c / (C / Groups);

    /// <summary>Where the S positions of channel <paramref name="c"/> of sample <paramref name="n"/> begin.</summary>
    public int Start(int n, int c) => (n * C + c) * S;

    /// <summary>The values of a set, each with its place in memory and its channel: for reading formulas by, not for speed.</summary>
    public IEnumerable<(int Place, int Channel)> Values(int set)
    {
        var (samples, group) = Across ? (Enumerable.Range(0, N), set) : (Enumerable.Range(set / Groups, 1), set % Groups);
        foreach (var n in samples)
            for (var c = group * (C / Groups); c < (group + 1) * (C / Groups); c++)
                for (var s = 0; s < S; s++)
                    yield return (Start(n, c) + s, c);
    }

    /// <summary>Each channel by itself, across the samples of a batch (N, C, …).</summary>
    public static NormShape Batch(ReadOnlySpan<nint> shape) => new((int)shape[0], (int)shape[1], Count(shape[2..]), (int)shape[1], Across: true);

    /// <summary>Each group of neighbouring channels of each sample of (N, C, …) by itself.</summary>
    public static NormShape Group(ReadOnlySpan<nint> shape, int groups) => Batch(shape) with { Groups = groups, Across = false };

    /// <summary>The last <paramref name="dimensions"/> dimensions, which count as channels, of each sample by themselves.</summary>
    public static NormShape Last(ReadOnlySpan<nint> shape, int dimensions) =>
        new(Count(shape[..^dimensions]), Count(shape[^dimensions..]), S: 1, Groups: 1, Across: false);

    /// <summary>The same input with each channel of each sample by itself.</summary>
    public NormShape Instances => this with { Groups = C, Across = false };

    private static int Count(ReadOnlySpan<nint> lengths)
    {
        var count = 1;
        foreach (var length in lengths)
            count *= (int)length;
        return count;
    }
}
