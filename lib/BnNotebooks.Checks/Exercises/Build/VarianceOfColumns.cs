using Function = System.Func<double[,], double[], double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the variance of each column around its mean, with N: (x (N, C), mean (C)) to (C).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult VarianceOfColumns(Function answer) => VarianceOfColumnsExercise.Exercise.Check(answer);
}

static class VarianceOfColumnsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "VarianceOfColumns",
        Title = "The variance of each column",
        Solution = VarianceOfColumns,
        Trials = [Trial("a 4 × 3 table", seed: 35, 4, 3), Trial("a 5 × 7 table", seed: 36, 5, 7)],
        Mistakes =
        [
            .. Slips.Of<Function>([Unbiased, NoDivision, Root, Absolute, NotSquared, AroundZero, ByColumns, FirstMean, Whole, SquareOfSum, LastRow], has => (x, mean) => Wrong(x, mean, has)),
            Each("E[x²] − E[x]² has a square on its second term, too.", (x, mean) => x.Average(v => v * v) - mean),
            Each("Parentheses are missing: (x − μ)·(x − μ), not x − μ·x − μ.", (x, mean) => x.Average(v => v - mean * v - mean)),
            Each("You took roots; the variance averages the squares (x − μ)².", (x, mean) => x.Average(v => Math.Sqrt(Math.Abs(v - mean)))),
            Each("You doubled; the variance averages the squares (x − μ)².", (x, mean) => x.Average(v => 2 * Math.Abs(v - mean))),
            Each("You divided by N twice.", (x, mean) => x.Average(v => (v - mean) * (v - mean)) / x.Length),
            Each("The last row is missing: does the loop end one too early?", (x, mean) => x.SkipLast(1).Sum(v => (v - mean) * (v - mean)) / x.Length),
            Each("The first row is missing: rows are counted from 0.", (x, mean) => x.Skip(1).Sum(v => (v - mean) * (v - mean)) / x.Length),
            new("You took one variance over the whole table, around the table's mean; each column has its own.", (x, mean) =>
                [.. mean.Select(_ => x.Cast<double>().Average(v => Math.Pow(v - x.Cast<double>().Average(), 2)))]),
        ],
        Hints =
        [
            "The same two loops as for the mean; what is averaged is (x − μ)², with the column's own μ.",
            "variance[c] += (x[n, c] - mean[c]) * (x[n, c] - mean[c]), divided by N: batch norm takes N here, not N − 1.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c)
    {
        var x = Numbers.Table(seed, n, c);
        double[] mean = [.. Enumerable.Range(0, c).Select(j => Enumerable.Range(0, n).Average(i => x[i, j]))];
        return new(name, (f, given) => [Part.Of("variance", f(given.Copy("x", x), given.Copy("mean", mean)))]) { Factors = [("N", n), ("C", c)] };
    }

    // solution of VarianceOfColumns
    static double[] VarianceOfColumns(double[,] x, double[] mean)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var variance = new double[C];
        for (var c = 0; c < C; c++)
        {
            for (var n = 0; n < N; n++)
                variance[c] += (x[n, c] - mean[c]) * (x[n, c] - mean[c]);
            variance[c] /= N;
        }
        return variance;
    }
    // end

    static Mistake<Function> Each(string name, Func<double[], double, double> wrong) =>
        new(name, (x, mean) => [.. mean.Select((mu, c) => wrong([.. Enumerable.Range(0, x.GetLength(0)).Select(n => x[n, c])], mu))]);

    const string
        Unbiased = "You divided by N − 1; batch norm normalizes with the variance over N.",
        NoDivision = "This is the sum of squares; the variance is divided by N.",
        Root = "This is the deviation, the variance's root.",
        Absolute = "You averaged |x − μ|; the variance averages (x − μ)².",
        NotSquared = "You averaged x − μ without squaring it: that is 0 in every column, up to rounding.",
        AroundZero = "You averaged x² without subtracting the mean: Σ(x − μ)²/N.",
        ByColumns = "You divided by C, the number of columns; a column has N values.",
        FirstMean = "You subtracted the first column's mean from every column.",
        Whole = "You took one variance over the whole table; each column has its own.",
        SquareOfSum = "You squared the sum of the deviations; it is the sum of their squares.",
        LastRow = "Only the last row is in it: add to the sum (+=), do not replace it.";

    static double[] Wrong(double[,] x, double[] mean, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var divisor = has(NoDivision) ? 1.0 : has(ByColumns) ? columns : has(Unbiased) ? rows - 1 : rows;
        double Off(int n, int c) => x[n, c] - (has(AroundZero) ? 0 : mean[has(FirstMean) ? 0 : c]);
        double Of(double off) => has(Absolute) ? Math.Abs(off) : has(NotSquared) || has(SquareOfSum) ? off : off * off;
        double Sum(int c) => Enumerable.Range(has(LastRow) ? rows - 1 : 0, has(LastRow) ? 1 : rows).Sum(n => Of(Off(n, c)));
        double[] sums = [.. Enumerable.Range(0, columns).Select(Sum)];
        if (has(Whole))
            Array.Fill(sums, sums.Average());
        return [.. sums.Select(sum => (has(SquareOfSum) ? sum * sum : sum) / divisor).Select(value => has(Root) ? Math.Sqrt(value) : value)];
    }
}
