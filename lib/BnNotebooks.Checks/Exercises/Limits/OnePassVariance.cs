using Function = System.Func<double[], (double Mean, double Variance)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks mean and variance (with n) in one pass over the values, without E[x²] − E[x]², which loses all digits where the mean is large
    /// and the spread small. Welford 1962.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult OnePassVariance(Function answer) => OnePassVarianceExercise.Exercise.Check(answer);
}

static class OnePassVarianceExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "OnePassVariance",
        Title = "One pass, and no digit lost",
        Solution = OnePassVariance,
        Tolerance = 1e-6, // beside a mean of 1e8 a double has 8 digits left for the spread, whatever way is taken, and sums lose some of them
        Trials =
        [
            new("seven ordinary values", (f, given) => Moments(f, given, Numbers.List(1201, 7, mean: 2))),
            new("one value", (f, given) => Moments(f, given, [4.5])),
            new("a mean of a hundred million, a spread of one", (f, given) => Moments(f, given, [.. Enumerable.Range(0, 12).Select(i => 1e8 + i * i % 13 / 4.0)])),
        ],
        // The digits that E[x²] − E[x]² loses depend on the order of the operations, so it stands here in the orders in which people write it.
        Mistakes =
        [
            new(Cancelled, x => (x.Sum() / x.Length, x.Sum(v => v * v) / x.Length - x.Sum() / x.Length * (x.Sum() / x.Length))),
            new(Cancelled, x => (x.Average(), x.Average(v => v * v) - Math.Pow(x.Average(), 2))),
            new(Cancelled, ByShares),
            new(Cancelled, x => (x.Sum() / x.Length, (x.Sum(v => v * v) - x.Sum() * x.Sum() / x.Length) / x.Length)),
            .. Slips.Of<Function>([OldBoth, NewBoth, Unbiased, SumOfSquares, WrongCount, MeanOfTwo, Plus], has => x => Wrong(x, has)),
        ],
        Hints =
        [
            "Keep a mean of what has come so far, and move it with each value: the k-th value moves it by (value − mean)/k.",
            "Beside it keep the sum of squared distances. A new value adds (value − old mean)·(value − new mean) to it.",
            "At the end divide that sum by the number of values. E[x²] − E[x]² never occurs.",
        ],
    };

    static Part[] Moments(Function f, Given given, double[] x)
    {
        var (mean, variance) = f(given.Copy("x", x));
        return [Part.Of("mean", mean), Part.Of("variance", variance)];
    }

    // solution of OnePassVariance
    static (double Mean, double Variance) OnePassVariance(double[] x)
    {
        double mean = 0, squares = 0;
        for (var k = 1; k <= x.Length; k++)
        {
            var before = x[k - 1] - mean;
            mean += before / k;
            squares += before * (x[k - 1] - mean); // from the old mean · from the new
        }
        return (mean, squares / x.Length);
    }
    // end

    const string
        Cancelled = "That is E[x²] − E[x]²: with a mean of a hundred million the squares agree in all the digits that a double has, and nothing is left of the variance.",
        OldBoth = "You squared the distance from the old mean; it is (value − old mean)·(value − new mean).",
        NewBoth = "You squared the distance from the new mean; it is (value − old mean)·(value − new mean).",
        Unbiased = "You divided by n − 1; batch norm normalizes by the variance with n.",
        SumOfSquares = "The sum of the squared distances has to be divided by n.",
        WrongCount = "The k-th value moves the mean by (value − mean)/k; you divided by n, so the first values hardly count.",
        MeanOfTwo = "You took the middle between the old mean and the value; the k-th value has a share of 1/k.",
        Plus = "(value − old mean) is multiplied by (value − new mean), not added to it.";

    static (double, double) ByShares(double[] x)
    {
        double mean = 0, squares = 0;
        foreach (var value in x)
            (mean, squares) = (mean + value / x.Length, squares + value * value / x.Length);
        return (mean, squares - mean * mean);
    }

    static (double, double) Wrong(double[] x, Func<string, bool> has)
    {
        double mean = 0, squares = 0;
        for (var k = 1; k <= x.Length; k++)
        {
            var before = x[k - 1] - mean;
            mean += before / (has(WrongCount) ? x.Length : has(MeanOfTwo) && k > 1 ? 2 : k);
            var after = x[k - 1] - mean;
            squares += has(Plus) ? before + after : (has(NewBoth) ? after : before) * (has(OldBoth) ? before : after);
        }
        return (mean, has(SumOfSquares) ? squares : squares / (has(Unbiased) ? x.Length - 1 : x.Length));
    }
}
