using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Live;

/// <summary>Inputs on which a careless batch norm fails, and a plain double-precision reference to measure errors by.</summary>
internal sealed record HardNumbers(string Name, int Samples, int Channels, Func<int, int, float> Value, double Eps = 1e-5)
{
    public static IEnumerable<HardNumbers> All()
    {
        // In float the neighbours of 1e6 are 1/16 away: with a standard deviation of 1e-3 all values become the same.
        yield return new("mean 1e6, std 1e-3", 1000, 4, (n, c) => (float)(1e6 + 1e-3 * Normal(n, c)));
        yield return new("mean 1e6, std 1", 1000, 4, (n, c) => (float)(1e6 + Normal(n, c)));
        yield return new("constant 0.1", 100, 3, (_, _) => 0.1f);
        yield return new("constant 1e6", 100, 3, (_, _) => 1e6f);
        yield return new("denormals", 200, 3, (n, c) => (float)(1e-40 * Normal(n, c)));
        yield return new("denormals, eps 1e-30", 200, 3, (n, c) => (float)(1e-40 * Normal(n, c)), Eps: 1e-30);
        yield return new("one outlier of 1e15", 1000, 3, (n, c) => n == 0 ? 1e15f : (float)Normal(n, c));
        yield return new("last value 1e18", 1000, 3, (n, c) => n == 999 ? 1e18f : (float)Normal(n, c));
        yield return new("2^24 + 1000 samples", (1 << 24) + 1000, 1, (n, _) => 3 + (n * 2654435761u % 1024) / 512f);
        yield return new("NaN in channel 1", 50, 3, (n, c) => (n, c) == (7, 1) ? float.NaN : (float)Normal(n, c));
        yield return new("∞ in channel 1", 50, 3, (n, c) => (n, c) == (7, 1) ? float.PositiveInfinity : (float)Normal(n, c));
        yield return new("−∞ first in channel 1", 50, 3, (n, c) => (n, c) == (0, 1) ? float.NegativeInfinity : (float)Normal(n, c));
    }

    public float[] Input() => Fill(Value);

    public float[] GradOutput() => Fill((n, c) => (n * 7 + c * 3) % 11 / 5f - 1);

    /// <summary>Output, ∂ℓ/∂x, ∂ℓ/∂β, new running mean and variance (momentum 0.1, γ = 1, β = 0), two passes, all in double.</summary>
    public (string Name, double[] Values)[] Reference(float[] x, float[] dy)
    {
        var (y, dx, dBeta) = (new double[x.Length], new double[x.Length], new double[Channels]);
        var (runningMean, runningVar) = (new double[Channels], new double[Channels]);
        for (var c = 0; c < Channels; c++)
        {
            var (mean, variance, dGamma) = (0.0, 0.0, 0.0);
            for (var i = c; i < x.Length; i += Channels)
                mean += (double)x[i] / Samples;
            for (var i = c; i < x.Length; i += Channels)
                variance += (x[i] - mean) * (x[i] - mean) / Samples;
            var std = Math.Sqrt(variance + Eps);
            for (var i = c; i < x.Length; i += Channels)
            {
                y[i] = (x[i] - mean) / std;
                dBeta[c] += dy[i];
                dGamma += dy[i] * y[i];
            }
            for (var i = c; i < x.Length; i += Channels)
                dx[i] = (dy[i] - dBeta[c] / Samples - y[i] * dGamma / Samples) / std;
            runningMean[c] = 0.1 * mean;
            runningVar[c] = 0.9 + 0.1 * variance * Samples / (Samples - 1);
        }
        return [("output", y), ("gradInput", dx), ("bias.grad", dBeta), ("running_mean", runningMean), ("running_var", runningVar)];
    }

    /// <summary>The largest difference; where the reference is no number or infinite, nothing but that is right.</summary>
    public static double Error(double[] exact, float[] values)
    {
        var largest = 0.0;
        for (var i = 0; i < exact.Length; i++)
        {
            if (exact[i].Equals(values[i]))     // NaN equals NaN, unlike with ==
                continue;
            var difference = Math.Abs(exact[i] - values[i]);
            largest = Math.Max(largest, double.IsFinite(difference) ? difference : double.PositiveInfinity);
        }
        return largest;
    }

    private float[] Fill(Func<int, int, float> value)
    {
        var values = new float[Samples * Channels];
        for (var n = 0; n < Samples; n++)
            for (var c = 0; c < Channels; c++)
                values[n * Channels + c] = value(n, c);
        return values;
    }

    // A value of the standard normal distribution that depends on its place alone.
    private static double Normal(int n, int c) => new Random(n * 31 + c).Normal();
}
