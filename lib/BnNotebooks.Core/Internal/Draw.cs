using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Random numbers in double; a generator with the same seed gives the same ones again.</summary>
internal static class Draw
{
    /// <summary>From the standard normal distribution, by Box and Muller.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>
    /// From the χ² distribution: the sum of the squares of so many standard normals. Two squares together are −2·ln u with a
    /// uniform u (the radius in Box and Muller's method).
    /// </summary>
    public static double ChiSquared(this Random random, int degreesOfFreedom)
    {
        var sum = 0.0;
        for (var pair = 0; pair < degreesOfFreedom / 2; pair++)
            sum -= 2 * Math.Log(1 - random.NextDouble());
        if (degreesOfFreedom % 2 == 1)
        {
            var last = random.Normal();
            sum += last * last;
        }
        return sum;
    }

    /// <summary>Fills a parameter with draws from a normal distribution.</summary>
    public static void FillNormal<T>(this Random random, Parameter<T> parameter, double mean, double std)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref var value in parameter.Values)
            value = T.CreateTruncating(mean + std * random.Normal());
    }

    /// <summary>Fills a parameter with draws from the uniform distribution on ±<paramref name="bound"/>.</summary>
    public static void FillUniform<T>(this Random random, Parameter<T> parameter, double bound)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref var value in parameter.Values)
            value = T.CreateTruncating(bound * (2 * random.NextDouble() - 1));
    }
}
