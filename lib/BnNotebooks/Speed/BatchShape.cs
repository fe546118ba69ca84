using System.Numerics.Tensors;

namespace BnNotebooks.Speed;

/// <summary>
/// A batch in row-major order: N samples, each with C channels, each with S positions side by side. For images S is
/// height times width; for (N, C) it is 1.
/// </summary>
/// <param name="N">The number of samples.</param>
/// <param name="C">The number of channels.</param>
/// <param name="S">The number of positions in one channel of one sample.</param>
public readonly record struct BatchShape(int N, int C, int S)
{
    /// <summary>The shape of a tensor (N, C, …).</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static BatchShape Of(Tensor<float> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2)
            throw new ArgumentException($"Expected a tensor (N, C, …); got [{string.Join(", ", x.Lengths.ToArray())}].", nameof(x));
        var positions = x.FlattenedLength / Math.Max(1, x.Lengths[0] * x.Lengths[1]);
        return new BatchShape((int)x.Lengths[0], (int)x.Lengths[1], (int)positions);
    }

    /// <summary>How many values share a mean and a variance: m = N·S.</summary>
    public long M => (long)N * S;

    /// <summary>Where the values of one channel of one sample, a row, begin.</summary>
    public int Row(int n, int c) => (n * C + c) * S;
}
