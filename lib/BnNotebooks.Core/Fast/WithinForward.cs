using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The forward pass of a normalization within samples, as layer, group, instance and RMS norm: set by set, each read from memory for
/// its sums and then, from the cache if it fits there, normalized. The sets are shared out among the threads.
/// </summary>
internal sealed unsafe class WithinForward<T, V> : Work
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    [ThreadStatic]
    private static WithinForward<T, V>? own;

    /// <summary>A pass to fill in: one for each thread, because it is not to be allocated each time.</summary>
    public static WithinForward<T, V> Own => own ??= new();

    public NormShape Shape;
    public T* X;
    public T* Y;                // or null, if only the statistics are wanted
    public T* Weight;           // γ, or null for ones
    public T* Bias;             // β, or null for zeros
    public double* Mean;        // μ of each set: worked out if MeanOfInput, else given
    public double* Variance;    // σ² likewise
    public bool MeanOfInput;
    public bool VarianceOfInput;
    public double Eps;

    /// <summary>Does the pass.</summary>
    public void Execute() => ThreadTeam.Run(this, Math.Min(Shape.Sets, ThreadTeam.For(Shape.Length)));

    public override void Run(int part, int parts)
    {
        var (first, end) = ((int)((long)Shape.Sets * part / parts), (int)((long)Shape.Sets * (part + 1) / parts));
        for (var set = first; set < end; set++)
        {
            if (VarianceOfInput)
                Measure(set);
            if (Y is not null && Shape.S == 1)
                NormalizeEach(set);
            else if (Y is not null)
                NormalizeRows(set);
        }
    }

    // As for batch norm, sums of x − k, and once more where k was unlike the others; around a given mean, k is the element nearest to it.
    private void Measure(int set)
    {
        var k = MeanOfInput ? Near(X + set * Shape.M) : FirstLook.Nearest<T>(Mean[set]);
        if (Measure(set, k) && MeanOfInput)
            Measure(set, FirstLook.Nearest<T>(Mean[set]));
    }

    private T Near(T* x)
    {
        var (some, sum) = ((int)Math.Min(Shape.M, FirstLook.Values), 0.0);
        var apart = Shape.M / some;
        for (var i = 0; i < some; i++)
            sum += double.CreateTruncating(x[i * apart]);
        return FirstLook.Near<T>(sum / some);
    }

    private bool Measure(int set, T k)
    {
        double sum = 0, squares = 0;
        Rows<T, V>.Sums(X + set * Shape.M, (int)Shape.M, k, ref sum, ref squares);
        SetStatistics(set, double.CreateTruncating(k), sum, squares);
        if (typeof(T) != typeof(float) || double.IsFinite(Variance[set]))
            return FirstLook.Far<T>(sum / Shape.M * (sum / Shape.M), Variance[set]);
        // As in AcrossForward.MeasureOverflowed.
        (sum, squares) = (0, 0);
        FirstLook.SumsInDouble(X + set * Shape.M, Shape.M, double.CreateTruncating(k), ref sum, ref squares);
        SetStatistics(set, double.CreateTruncating(k), sum, squares);
        return false;
    }

    private void SetStatistics(int set, double k, double sum, double squares)
    {
        if (MeanOfInput)
            Mean[set] = k + sum / Shape.M;                                                          // μ = k + E[x − k]
        var distance = Mean[set] - k;
        Variance[set] = MeanOfInput
            ? Math.Max(0, squares / Shape.M - sum / Shape.M * (sum / Shape.M))                      // σ² = E[(x − k)²] − E[x − k]²
            : squares / Shape.M - (distance == 0 ? 0 : distance * (2 * sum / Shape.M - distance));  // E[(x − μ)²]
    }

    // Each row of S values has its own γ and β.
    private void NormalizeRows(int set)
    {
        var stream = Streaming.For(X, Y, Shape.Length, inputs: 1, VarianceOfInput ? (nint)Shape.M : Streaming.Straight);
        var inverseStd = 1 / Math.Sqrt(Variance[set] + Eps);
        var channels = Shape.C / Shape.Groups;
        var c = set % Shape.Groups * channels;
        for (var i = set * Shape.M; i < (set + 1) * Shape.M; i += Shape.S, c++)
        {
            var scale = Weight is null ? inverseStd : double.CreateTruncating(Weight[c]) * inverseStd;
            var by = Affine<T>.Of(Mean[set], scale, Bias is null ? 0 : double.CreateTruncating(Bias[c]));
            Rows<T, V>.Normalize<Nothing>(X + i, Y + i, Shape.S, by, more: null, stream);
        }
    }

    // Each value has its own γ and β.
    private void NormalizeEach(int set)
    {
        var (i, c) = (set * Shape.M, set % Shape.Groups * Shape.M);
        Each<T, V>.Normalize(X + i, Y + i, (int)Shape.M, Affine<T>.Of(Mean[set], 1 / Math.Sqrt(Variance[set] + Eps), 0),
            Weight is null ? null : Weight + c, Bias is null ? null : Bias + c,
            Streaming.For(X, Y, Shape.Length, inputs: 1, Streaming.Straight));
    }
}
