namespace BnNotebooks.Core;

/// <summary>
/// How a normalization within samples sees its input, whatever its rank: in row-major order, <paramref name="Groups"/> groups
/// of <paramref name="M"/> neighbouring values each, every group normalized by itself. Of γ and β there are
/// <paramref name="P"/> each; <paramref name="S"/> neighbouring values share one of them, the next S the next one, and after
/// the last it begins anew. M is a multiple of S.
/// </summary>
/// <param name="Groups">How many groups there are, in all samples together.</param>
/// <param name="M">m: how many values are normalized together.</param>
/// <param name="P">How many γ and β there are.</param>
/// <param name="S">How many neighbouring values share one γ and one β.</param>
internal readonly record struct GroupShape(int Groups, int M, int P, int S)
{
    /// <summary>N samples of C channels of S positions each, the channels of a sample in groups; γ and β by channel.</summary>
    public static GroupShape OfChannels(ChannelShape shape, int groups) =>
        new(shape.N * groups, shape.C / groups * shape.S, P: shape.C, shape.S);

    /// <summary>Where the M values of a group begin.</summary>
    public int Start(int group) => group * M;

    /// <summary>Which γ and β the value at a place has.</summary>
    public int Parameter(int place) => place / S % P;
}
