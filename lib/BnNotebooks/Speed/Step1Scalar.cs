namespace BnNotebooks.Speed;

/// <summary>Step 1: the formulas as plain loops, one number at a time: a sweep for μ, one for σ², one for y.</summary>
public sealed class Step1Scalar : ForwardStep
{
    /// <inheritdoc/>
    public override string Name => "1 scalar";

    /// <inheritdoc/>
    public override string Idea => "plain loops, one number at a time";

    /// <inheritdoc/>
    public override int BytesPerElement => 3 * 4 + 4 + 4;    // three sweeps read x, the last fetches and writes y

    /// <inheritdoc/>
    public override int FlopsPerElement => 1 + 3 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y)
    {
        var mean = new double[shape.C];
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                mean[c] += Sum(x.Slice(shape.Row(n, c), shape.S)) / shape.M;    // μ = 1/m · Σ x

        var variance = new double[shape.C];
        for (var n = 0; n < shape.N; n++)
            for (var c = 0; c < shape.C; c++)
                variance[c] += SumOfSquares(x.Slice(shape.Row(n, c), shape.S), mean[c]) / shape.M;    // σ² = 1/m · Σ (x − μ)²

        for (var n = 0; n < shape.N; n++)
        {
            for (var c = 0; c < shape.C; c++)
            {
                var inverseStd = 1 / Math.Sqrt(variance[c] + Eps);
                var row = shape.Row(n, c);
                Normalize(x.Slice(row, shape.S), mean[c], inverseStd, y.Slice(row, shape.S));
            }
        }
    }

    static double Sum(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var value in row)
            sum += value;
        return sum;
    }

    static double SumOfSquares(ReadOnlySpan<float> row, double mean)
    {
        var sum = 0.0;
        foreach (var value in row)
            sum += (value - mean) * (value - mean);
        return sum;
    }

    static void Normalize(ReadOnlySpan<float> row, double mean, double inverseStd, Span<float> y)
    {
        for (var i = 0; i < row.Length; i++)
            y[i] = (float)((row[i] - mean) * inverseStd);    // (x − μ)/√(σ² + ε)
    }
}
