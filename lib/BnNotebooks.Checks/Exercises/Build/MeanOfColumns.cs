using Function = System.Func<double[,], double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the mean of each column: x (N, C) to (C).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult MeanOfColumns(Function answer) => MeanOfColumnsExercise.Exercise.Check(answer);
}

static class MeanOfColumnsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "MeanOfColumns",
        Title = "The mean of each column",
        Solution = MeanOfColumns,
        Trials = [Trial("a 4 × 3 table", seed: 31, 4, 3), Trial("a 5 × 7 table", seed: 32, 5, 7), Trial("a 3 × 3 table", seed: 33, 3, 3)],
        Mistakes =
        [
            new("You took the mean of each row; a feature is a column.", x => Over(x.GetLength(0), n => Row(x, n).Average())),
            new("You took the mean of the whole table; each column has its own.", x => Over(x.GetLength(1), _ => x.Cast<double>().Average())),
            new("You divided by C, the number of columns; a column has N values.", x => Over(x.GetLength(1), c => Column(x, c).Sum() / x.GetLength(1))),
            new("This is the sum; the mean is divided by N.", x => Over(x.GetLength(1), c => Column(x, c).Sum())),
            new("You divided by N − 1; a mean is divided by N.", x => Over(x.GetLength(1), c => Column(x, c).Sum() / (x.GetLength(0) - 1))),
            new("This is the median; the mean is the sum, divided by N.", x => Over(x.GetLength(1), c => Median(Column(x, c)))),
            new("You averaged absolute values; the mean keeps the sign.", x => Over(x.GetLength(1), c => Column(x, c).Average(Math.Abs))),
            new("You halved at each step, (old + new)/2: later rows count more than earlier ones. Add up first, divide at the end.", x => Over(x.GetLength(1), c => Column(x, c).Aggregate((a, b) => (a + b) / 2))),
            new("The last row is missing: does the loop end one too early?", x => Over(x.GetLength(1), c => Column(x, c).SkipLast(1).Sum() / x.GetLength(0))),
            new("The last row is missing, and not counted: does the loop end one too early?", x => Over(x.GetLength(1), c => Column(x, c).SkipLast(1).Average())),
            new("You divided at each step, inside of the loop over the rows; divide once, after it.", x => Over(x.GetLength(1), c => Column(x, c).Aggregate(0.0, (sum, v) => (sum + v) / x.GetLength(0)))),
            new("The first row is missing: rows are counted from 0.", x => Over(x.GetLength(1), c => Column(x, c).Skip(1).Sum() / x.GetLength(0))),
            new("Only the last row is in it: add to the sum (+=), do not replace it.", x => Over(x.GetLength(1), c => Column(x, c)[^1] / x.GetLength(0))),
            new("The sum is never set back to 0: each column starts with what the columns before it had.", x => Over(x.GetLength(1), c => Over(c + 1, j => Column(x, j).Sum()).Sum() / x.GetLength(0))),
        ],
        Hints =
        [
            "Two loops: over the columns c, and inside of it over the rows n. x.GetLength(0) is N, x.GetLength(1) is C.",
            "One sum for each column, starting at 0: mean[c] += x[n, c], and in the end divide by N.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c)
    {
        var x = Numbers.Table(seed, n, c);
        return new(name, (f, given) => [Part.Of("mean", f(given.Copy("x", x)))]) { Factors = [("N", n), ("C", c)] };
    }

    // solution of MeanOfColumns
    static double[] MeanOfColumns(double[,] x)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var mean = new double[C];
        for (var c = 0; c < C; c++)
        {
            for (var n = 0; n < N; n++)
                mean[c] += x[n, c];
            mean[c] /= N;
        }
        return mean;
    }
    // end

    static double[] Over(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    static double[] Column(double[,] x, int c) => Over(x.GetLength(0), n => x[n, c]);

    static double[] Row(double[,] x, int n) => Over(x.GetLength(1), c => x[n, c]);

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
