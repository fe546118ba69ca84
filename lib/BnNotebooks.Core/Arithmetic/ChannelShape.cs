namespace BnNotebooks.Core;

/// <summary>
/// How a batch norm sees its input, whatever its rank: N samples of C channels of S positions each, in row-major order.
/// (N, C) has S = 1, (N, C, L) has S = L, (N, C, H, W) has S = H·W, (N, C, D, H, W) has S = D·H·W.
/// </summary>
internal readonly record struct ChannelShape(int N, int C, int S)
{
    /// <summary>m in the paper: how many values of the batch each channel has.</summary>
    public long M => (long)N * S;

    /// <summary>Where the S positions of channel <paramref name="c"/> of sample <paramref name="n"/> begin.</summary>
    public int Start(int n, int c) => (n * C + c) * S;

    /// <summary>Where each of the M values of a channel is: for reading formulas by, not for speed.</summary>
    public IEnumerable<int> Channel(int c)
    {
        for (var n = 0; n < N; n++)
            for (var s = 0; s < S; s++)
                yield return Start(n, c) + s;
    }

    public static ChannelShape Of(ReadOnlySpan<nint> shape)
    {
        var positions = 1;
        foreach (var length in shape[2..])
            positions *= (int)length;
        return new ChannelShape((int)shape[0], (int)shape[1], positions);
    }
}
