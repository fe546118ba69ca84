using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BnNotebooks.Speed;

/// <summary>
/// Step 3: μ and σ² from one sweep instead of two, by σ² = E[(x − k)²] − (E[x − k])². With k = 0 this loses the digits of a
/// variance that is small beside the mean; with k one of the channel's own values both terms are of the variance's size.
/// </summary>
public sealed class Step3Fused : ForwardStep
{
    /// <inheritdoc/>
    public override string Name => "3 fused";

    /// <inheritdoc/>
    public override string Idea => "mean and variance from one sweep";

    /// <inheritdoc/>
    public override int BytesPerElement => 2 * 4 + 4 + 4;

    /// <inheritdoc/>
    public override int FlopsPerElement => 4 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y)
    {
        var moments = new Moments[shape.C];
        for (var c = 0; c < shape.C; c++)
            moments[c] = MomentsOf(x, shape, c);

        for (var c = 0; c < shape.C; c++)
            Normalize(x, shape, c, moments[c], y);
    }

    /// <summary>μ and σ² of a channel.</summary>
    internal static Moments MomentsOf(ReadOnlySpan<float> x, BatchShape shape, int c)
    {
        double k = x[shape.Row(0, c)], sum = 0, squares = 0;
        for (var n = 0; n < shape.N; n++)
        {
            var (rowSum, rowSquares) = Sums(x.Slice(shape.Row(n, c), shape.S), k);
            sum += rowSum;
            squares += rowSquares;
        }
        var shifted = sum / shape.M;    // E[x − k]
        return new Moments(k + shifted, Math.Max(0, squares / shape.M - shifted * shifted));
    }

    /// <summary>Normalizes a channel.</summary>
    internal static void Normalize(ReadOnlySpan<float> x, BatchShape shape, int c, Moments moments, Span<float> y)
    {
        for (var n = 0; n < shape.N; n++)
        {
            var row = shape.Row(n, c);
            Step2Vector.Normalize(x.Slice(row, shape.S), moments, y.Slice(row, shape.S));
        }
    }

    /// <summary>Σ (x − k) and Σ (x − k)² of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static (double Sum, double Squares) Sums(ReadOnlySpan<float> row, double k)
    {
        var shift = new Vector<double>(k);
        Vector<double> lowSum = default, highSum = default, lowSquares = default, highSquares = default;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            low -= shift;
            high -= shift;
            lowSum += low;
            highSum += high;
            lowSquares = Vector.MultiplyAddEstimate(low, low, lowSquares);    // one instruction where the machine has it
            highSquares = Vector.MultiplyAddEstimate(high, high, highSquares);
        }
        double sum = Vector.Sum(lowSum + highSum), squares = Vector.Sum(lowSquares + highSquares);
        foreach (var value in row[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value - k;
            squares += (value - k) * (value - k);
        }
        return (sum, squares);
    }
}
