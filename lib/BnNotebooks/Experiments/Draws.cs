namespace BnNotebooks.Experiments;

/// <summary>
/// Random numbers of a run's own. libtorch's generator is one for the whole process, so what it gives to a run depends on
/// what else runs.
/// </summary>
static class Draws
{
    /// <summary>The generator for one purpose of a run; those of other purposes and seeds give other numbers.</summary>
    public static Random Generator(int seed, Purpose purpose) => new(unchecked(seed * 1_000_003 + (int)purpose));

    /// <summary>Fills an array with draws from the uniform distribution on ±<paramref name="bound"/>.</summary>
    public static void FillUniform(this Random random, Span<float> values, double bound)
    {
        foreach (ref var value in values)
            value = (float)(bound * (2 * random.NextDouble() - 1));
    }

    /// <summary>A draw from the standard normal distribution, by Box and Muller.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>
    /// Fills an array with draws from the normal distribution, which Box and Muller's method gives in pairs. (Committed evidence rests on
    /// these very numbers.)
    /// </summary>
    public static void FillNormal(this Random random, Span<float> values, double std)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = std * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cos);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * sin);
        }
    }
}

/// <summary>What a run draws random numbers for.</summary>
enum Purpose
{
    Weights,
    Batches,
    Dropout,
    Noise,
    Split,
    Probe,
}
