using Function = System.Func<double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the mean of factors, such as 'times as fast': the n-th root of their product. Fleming and Wallace 1986.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult GeometricMean(Function answer) => GeometricMeanExercise.Exercise.Check(answer);
}

static class GeometricMeanExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "GeometricMean",
        Title = "The mean of factors",
        Solution = GeometricMean,
        Trials = [Trial("twice and half as fast", [2, 0.5]), Trial("four cases", [4.75, 1.1, 0.6, 2]), Trial("4,000 cases", [.. Enumerable.Range(0, 4000).Select(i => i % 2 == 0 ? 3.0 : 5.0)])],
        Mistakes =
        [
            new("Right until the product overflows: 4,000 factors are more than a double holds. Take the mean of the logarithms.", x => Math.Pow(x.Aggregate(1.0, (a, b) => a * b), 1.0 / x.Length)),
            new("That is the plain mean: twice and half as fast would be 1.25 times as fast, whichever of the two sides counts.", x => x.Average()),
            new("That is the harmonic mean; the n-th root of the product is asked for.", x => x.Length / x.Sum(v => 1 / v)),
            new("You took the logarithm of the mean; it is the mean of the logarithms, and exp of it.", x => Math.Log(x.Average())),
            new("Exp is missing: that is the mean of the logarithms.", x => x.Average(v => Math.Log(v))),
            new("The logarithms are to the base 10; exp undoes those to the base e.", x => Math.Exp(x.Average(v => Math.Log10(v)))),
            new("The logarithms are to the base 2; exp undoes those to the base e.", x => Math.Exp(x.Average(v => Math.Log2(v)))),
            new("The product has to be taken to the power 1/n; you divided it by n.", x => x.Aggregate(1.0, (a, b) => a * b) / x.Length),
            new("1 / n is a whole-number division and gives 0 (power 0 is 1): write 1.0 / n.", x => x.Length == 1 ? x[0] : 1),
            new("That is the root of the mean square.", x => Math.Sqrt(x.Average(v => v * v))),
            new("That is the product; the n-th root is missing.", x => x.Aggregate(1.0, (a, b) => a * b)),
            new("You took a square root; of n factors it is the n-th.", x => Math.Sqrt(x.Aggregate(1.0, (a, b) => a * b))),
        ],
        Hints = ["Twice as fast and half as fast should cancel out: the factors multiply. Multiply them all and take the n-th root.", "So that nothing overflows: exp of the mean of the logarithms."],
    };

    static Trial<Function> Trial(string name, double[] factors) => new(name, (f, given) => [Part.Of("mean", f(given.Copy("factors", factors)))]);

    // solution of GeometricMean
    static double GeometricMean(double[] factors)
    {
        var sum = 0.0;
        foreach (var factor in factors)
            sum += Math.Log(factor) / factors.Length;
        return Math.Exp(sum);
    }
    // end
}
