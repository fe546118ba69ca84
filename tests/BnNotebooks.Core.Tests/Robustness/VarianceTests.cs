using System.Numerics;
using BnNotebooks.Core.Tests.Arithmetic;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Statistics of data that is chosen against a way of summing up: whole numbers, of which the exact variance is known.</summary>
public class VarianceTests
{
    static readonly Func<int, int, long>[] Kinds =
    [
        (i, _) => Noise(i),
        (i, _) => 1_000_000_000 + Noise(i),
        (i, _) => i == 0 ? 100_000_000 : Noise(i),                          // the first values, or one of them, unlike the rest
        (i, _) => i == 0 ? 1_000_000_000_000_000 : Noise(i),
        (i, _) => i == 2 ? 100_000_000 : Noise(i),
        (i, _) => (i < 9 ? 10_000 : 0) + Noise(i),
        (i, _) => i,                                                        // ramps
        (i, _) => 1_000_000_000_000 + i,
        (_, _) => 123_456_789,                                              // constants but for one value
        (i, _) => i == 0 ? 1_000_001 : 1,
        (i, m) => i == m / 2 ? 1_000_001 : 1,
        (i, m) => i == m - 1 ? 1_000_001 : 1,
    ];

    public static TheoryData<string, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int>();
        foreach (var way in new[] { "1", "128", "256", "512", "careful", "group" })
            foreach (var (n, s) in new[] { (22, 1), (65_536, 1), (20_000, 3), (9, 7001), (1, 200_000) })
                cases.Add(way, n, s);
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void No_error_is_above_that_of_two_plain_passes_in_double_or_shows_in_a_float(string way, int n, int s)
    {
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            long[] values = [.. Enumerable.Range(0, n * s).Select(i => Kinds[kind](i, n * s))];
            var (exact, plain) = (Exact(values), TwoPasses(values));
            double Error(double variance) => exact == 0 ? variance : Math.Abs(variance / exact - 1);

            // The additions are in another order than in the plain passes.
            Assert.True(Error(Variance<double>(way, values, n, s)) <= Math.Max(2e-14, 1.5 * Error(plain)),
                $"kind {kind} in double: {Error(Variance<double>(way, values, n, s))}, two plain passes {Error(plain)}");
            if (values.Max() < 1 << 24)
                Assert.True(Error(Variance<float>(way, values, n, s)) <= (way == "careful" ? 1e-10 : 1.2e-7), $"kind {kind} in float");    // a unit in a float's last place
        }
    }

    static long Noise(int i) => (uint)(i * 2654435761) / 2147484 - 1000;

    // 1/m · Σ x² − (1/m · Σ x)² = (m·Σ x² − (Σ x)²)/m²
    static double Exact(long[] values)
    {
        Int128 sum = 0, squares = 0;
        foreach (var value in values)
            (sum, squares) = (sum + value, squares + (Int128)value * value);
        BigInteger m = values.Length;
        return Math.ScaleB((double)(((m * squares - (BigInteger)sum * sum) << 100) / (m * m)), -100);
    }

    // As libtorch does it.
    static double TwoPasses(long[] values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
            sum += value;
        foreach (var value in values)
            squares += (value - sum / values.Length) * (value - sum / values.Length);
        return squares / values.Length;
    }

    // Of the values as the middle one of nine channels, or as the second of two groups.
    static double Variance<T>(string way, long[] values, int n, int s) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var own = Array.ConvertAll(values, T.CreateChecked);
        var group = way == "group";
        var shape = group ? NormShape.Last([2, own.Length], 1) : NormShape.Batch([n, 9, s]);
        var x = group ? [.. own.Reverse(), .. own] : new T[values.Length * 9];
        for (var i = 0; i < values.Length && !group; i++)
            for (var c = 0; c < 9; c++)
                x[shape.Start(i / s, c) + i % s] = c == 4 ? own[i] : T.CreateChecked(i % 7);
        var arithmetic = way == "careful" ? new Careful<T>() : group ? NormArithmetic<T>.For(BatchNormMethod.Fast) : FastTests.Way<T>(way);
        var variance = new double[shape.Sets];
        arithmetic.Measure(x, shape, new NormStatistics(new double[shape.Sets], variance, true, true));
        return variance[group ? 1 : 4];
    }
}
