using Function = System.Func<double[,], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks;

/// <summary>Forward passes that are right but for what they subtract and divide by.</summary>
static class ForwardStatistics
{
    public static Mistake<Function>[] Mistakes { get; } =
    [
        Mistake("You did not divide by the deviation. (Math.Pow(…, 1 / 2) does not, either: 1 / 2 is a division of whole numbers, and 0.)", (x, _) => (x.Average(), 1)),
        Mistake("You squared σ² + ε; it is the root that divides.", (x, eps) => (x.Average(), Math.Pow(Variance(x) + eps, 2))),
        Mistake("You took the root of the deviation: a root too many.", (x, eps) => (x.Average(), Math.Sqrt(Math.Sqrt(Variance(x) + eps)))),
        Mistake("You added ε twice, to the variance and to the deviation; it belongs to the variance: √(σ² + ε).", (x, eps) => (x.Average(), Math.Sqrt(Variance(x) + eps) + eps)),
        Mistake("You took the larger of σ² and ε; their sum is divided by: √(σ² + ε).", (x, eps) => (x.Average(), Math.Sqrt(Math.Max(Variance(x), eps)))),
        .. from own in new[] { 1e-3, 1e-5, 1e-6, 1e-7, 1e-8 }
           select Mistake("You took an ε of your own; it is handed to you as eps.", (x, _) => (x.Average(), Math.Sqrt(Variance(x) + own))),
        Mistake("You divided by the range, largest − smallest value; batch norm divides by the deviation.", (x, _) => (x.Min(), x.Max() - x.Min())),
        Mistake("You divided by the range, largest − smallest value; batch norm divides by the deviation.", (x, _) => (x.Average(), x.Max() - x.Min())),
        .. WrongStatistics.All.Select(wrong => Mistake(wrong.Name, (x, eps) => (wrong.Of(x).Mean, Math.Sqrt(wrong.Of(x).Variance + eps)))),
        new("You divided by C, the number of columns; a column has N values.", (x, gamma, beta, eps) => Normalized(x, gamma, beta, values =>
        {
            var mean = values.Sum() / x.GetLength(1);
            return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / x.GetLength(1) + eps));
        })),
        new("You took the variance over the whole table; each column has its own.", (x, gamma, beta, eps) =>
            Normalized(x, gamma, beta, values => (values.Average(), Math.Sqrt(Variance([.. x.Cast<double>()]) + eps)))),
        new("You took the mean over the whole table; each column has its own.", (x, gamma, beta, eps) =>
            Normalized(x, gamma, beta, values => (x.Cast<double>().Average(), Math.Sqrt(Variance(values) + eps)))),
        new("Parentheses are missing: (x − μ) as a whole is multiplied by γ and divided.", (x, gamma, beta, eps) =>
            Cells(x, (values, n, c) => gamma[c] * values[n] - values.Average() / Math.Sqrt(Variance(values) + eps) + beta[c])),
        new("Parentheses are missing: (x − μ) as a whole is multiplied by γ and divided.", (x, gamma, beta, eps) =>
            Cells(x, (values, n, c) => (gamma[c] * values[n] - values.Average()) / Math.Sqrt(Variance(values) + eps) + beta[c])),
        new("Parentheses are missing: (x − μ) as a whole is multiplied by γ and divided.", (x, gamma, beta, eps) =>
            Cells(x, (values, n, c) => values[n] - gamma[c] * values.Average() / Math.Sqrt(Variance(values) + eps) + beta[c])),
        new("β is divided by the deviation, too: it is added after everything, y = γ·x̂ + β.", (x, gamma, beta, eps) =>
            Cells(x, (values, n, c) => (gamma[c] * (values[n] - values.Average()) + beta[c]) / Math.Sqrt(Variance(values) + eps))),
    ];

    static Mistake<Function> Mistake(string name, Func<double[], double, (double Subtracted, double Divisor)> statistics) =>
        new(name, (x, gamma, beta, eps) => Normalized(x, gamma, beta, values => statistics(values, eps)));

    static double[,] Normalized(double[,] x, double[] gamma, double[] beta, Func<double[], (double Subtracted, double Divisor)> statistics) => Cells(x, (values, n, c) =>
    {
        var (subtracted, divisor) = statistics(values);
        return gamma[c] * (values[n] - subtracted) / divisor + beta[c];
    });

    // Each cell from its column.
    static double[,] Cells(double[,] x, Func<double[], int, int, double> cell)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (var c = 0; c < y.GetLength(1); c++)
        {
            double[] values = [.. Enumerable.Range(0, y.GetLength(0)).Select(n => x[n, c])];
            for (var n = 0; n < values.Length; n++)
                y[n, c] = cell(values, n, c);
        }
        return y;
    }

    static double Variance(double[] values) => values.Average(value => (value - values.Average()) * (value - values.Average()));
}
