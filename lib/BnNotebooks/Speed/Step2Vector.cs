using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BnNotebooks.Speed;

/// <summary>
/// Step 2: the same three sweeps, but each instruction works on a whole vector of numbers.
/// <see cref="Vector{T}"/> is as wide as suits the machine: one source, and 2, 4 or 8 doubles at a time.
/// </summary>
public sealed class Step2Vector : ForwardStep
{
    /// <inheritdoc/>
    public override string Name => "2 vector";

    /// <inheritdoc/>
    public override string Idea => "the same loops, a vector of numbers at a time";

    /// <inheritdoc/>
    public override int BytesPerElement => 3 * 4 + 4 + 4;

    /// <inheritdoc/>
    public override int FlopsPerElement => 1 + 3 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y)
    {
        var mean = new double[shape.C];
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                mean[c] += Sum(x.Slice(shape.Row(n, c), shape.S)) / shape.M;

        var variance = new double[shape.C];
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                variance[c] += SumOfSquares(x.Slice(shape.Row(n, c), shape.S), mean[c]) / shape.M;

        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var row = shape.Row(n, c);
                Normalize(x.Slice(row, shape.S), new Moments(mean[c], variance[c]), y.Slice(row, shape.S));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Sum(ReadOnlySpan<float> row)
    {
        Vector<double> lowSum = default, highSum = default;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        foreach (var vector in vectors)
        {
            // A vector of floats becomes two of doubles. Each half has its own sum: two chains of additions run side by side.
            Vector.Widen(vector, out var low, out var high);
            lowSum += low;
            highSum += high;
        }
        var sum = Vector.Sum(lowSum + highSum);
        foreach (var value in row[(vectors.Length * Vector<float>.Count)..])    // what does not fill a vector
            sum += value;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double SumOfSquares(ReadOnlySpan<float> row, double mean)
    {
        var mu = new Vector<double>(mean);
        Vector<double> lowSum = default, highSum = default;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            lowSum += (low - mu) * (low - mu);
            highSum += (high - mu) * (high - mu);
        }
        var sum = Vector.Sum(lowSum + highSum);
        foreach (var value in row[(vectors.Length * Vector<float>.Count)..])
            sum += (value - mean) * (value - mean);
        return sum;
    }

    /// <summary>y = (x − μ)/√(σ² + ε) for one row. The next two steps use it as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalize(ReadOnlySpan<float> row, Moments moments, Span<float> y)
    {
        var (mean, inverseStd) = (moments.Mean, moments.InverseStd);
        var (mu, scale) = (new Vector<double>(mean), new Vector<double>(inverseStd));
        var from = MemoryMarshal.Cast<float, Vector<float>>(row);
        var to = MemoryMarshal.Cast<float, Vector<float>>(y);
        for (var i = 0; i < from.Length && i < to.Length; i++)
        {
            Vector.Widen(from[i], out var low, out var high);
            to[i] = Vector.Narrow((low - mu) * scale, (high - mu) * scale);
        }
        for (var i = from.Length * Vector<float>.Count; i < row.Length; i++)
            y[i] = (float)((row[i] - mean) * inverseStd);
    }
}
