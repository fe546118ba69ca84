using static BnNotebooks.Checks.Tests.Answers.Arrays;
using Function = System.Func<double[,], double[], double[], double, double[,]>;

namespace BnNotebooks.Checks.Tests.Answers;

static class ForwardAnswers
{
    static Answer Forward(string name, string[] words, Function function) => new($"Forward: {name}", words, () => Check.Forward(function));

    static double[,] ByColumns(double[,] x, Func<double[], int, Func<double, double>> column)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (var c = 0; c < x.GetLength(1); c++)
        {
            var of = column(Column(x, c), c);
            for (var n = 0; n < x.GetLength(0); n++)
                y[n, c] = of(x[n, c]);
        }
        return y;
    }

    public static IEnumerable<Answer> Wrong =>
    [
        Forward("sample variance, LINQ", ["n − 1"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            var mean = column.Average();
            var std = Math.Sqrt(column.Sum(v => Math.Pow(v - mean, 2)) / (column.Length - 1) + eps);
            return v => gamma[c] * (v - mean) / std + beta[c];
        })),
        Forward("ε outside of the root", ["ε"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / (Math.Sqrt(Variance(column)) + eps) + beta[c])),
        Forward("ε never used", ["ε"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * ((v - column.Average()) / Math.Sqrt(Variance(column))) + beta[c])),
        Forward("ε of its own", ["ε"], (x, gamma, beta, _) => ByColumns(x, (column, c) => v => gamma[c] * ((v - column.Average()) / Math.Sqrt(Variance(column) + 1e-8)) + beta[c])),
        Forward("ε as the least variance", ["ε"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * ((v - column.Average()) / Math.Sqrt(Math.Max(Variance(column), eps))) + beta[c])),
        Forward("ε inside and outside", ["ε"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * ((v - column.Average()) / (Math.Sqrt(Variance(column) + eps) + eps)) + beta[c])),
        Forward("no root", ["root", "by the variance"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / (Variance(column) + eps) + beta[c])),
        Forward("squared in place of the root, as in JAX's first stax", ["square", "root"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / Math.Pow(Variance(column) + eps, 2) + beta[c])),
        Forward("the root of the deviation", ["root"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            var sigma = Math.Sqrt(Variance(column));
            return v => gamma[c] * (v - column.Average()) / Math.Sqrt(sigma + eps) + beta[c];
        })),
        Forward("statistics of the whole table", ["whole table"], (x, gamma, beta, eps) =>
        {
            double mean = Flat(x).Average(), variance = Variance(Flat(x));
            return Make(x, (n, c) => gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c]);
        }),
        Forward("mean of the column, variance of the table", ["whole table", "table"], (x, gamma, beta, eps) =>
        {
            var variance = Variance(Flat(x));
            return Make(x, (n, c) => gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(variance + eps) + beta[c]);
        }),
        Forward("statistics of the row", ["row", "sample", "layer norm"], (x, gamma, beta, eps) =>
            Make(x, (n, c) => gamma[c] * (x[n, c] - Row(x, n).Average()) / Math.Sqrt(Variance(Row(x, n)) + eps) + beta[c])),
        Forward("γ forgotten", ["γ"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => (v - column.Average()) / Math.Sqrt(Variance(column) + eps) + beta[c])),
        Forward("β forgotten", ["β"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / Math.Sqrt(Variance(column) + eps))),
        Forward("x̂ returned", ["γ", "β"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => (v - column.Average()) / Math.Sqrt(Variance(column) + eps))),
        Forward("γ and β exchanged", ["γ and β", "exchanged", "swapped"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => beta[c] * (v - column.Average()) / Math.Sqrt(Variance(column) + eps) + gamma[c])),
        Forward("γ over x̂ + β", ["β"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * ((v - column.Average()) / Math.Sqrt(Variance(column) + eps) + beta[c]))),
        Forward("β subtracted", ["β"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / Math.Sqrt(Variance(column) + eps) - beta[c])),
        Forward("the first γ for all columns", ["γ"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[0] * (v - column.Average()) / Math.Sqrt(Variance(column) + eps) + beta[c])),
        Forward("γ by the row", ["γ", "index"], (x, gamma, beta, eps) => Make(x, (n, c) => gamma[n] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[n])),
        Forward("divided by γ", ["γ"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => (v - column.Average()) / (gamma[c] * Math.Sqrt(Variance(column) + eps)) + beta[c])),
        Forward("μ − x", ["sign", "μ − x"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (column.Average() - v) / Math.Sqrt(Variance(column) + eps) + beta[c])),
        Forward("parentheses forgotten", ["parenthes", "bracket", "mean"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * v - column.Average() / Math.Sqrt(Variance(column) + eps) + beta[c])),
        Forward("the mean not subtracted", ["mean", "μ"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * v / Math.Sqrt(Variance(column) + eps) + beta[c])),
        Forward("not divided by anything", ["divide", "deviation"], (x, gamma, beta, _) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) + beta[c])),
        Forward("the sum of squares, not their mean", ["sum", "divide", "N"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double mean = column.Average(), squares = 0;
            foreach (var v in column)
                squares += (v - mean) * (v - mean);
            return v => gamma[c] * (v - mean) / Math.Sqrt(squares + eps) + beta[c];
        })),
        Forward("the sum of the values, not their mean", ["sum", "divide"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            var mean = column.Sum();
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Average(w => (w - mean) * (w - mean)) + eps) + beta[c];
        })),
        Forward("absolute deviations", ["absolute", "square"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / (column.Average(w => Math.Abs(w - column.Average())) + eps) + beta[c])),
        Forward("squares around zero", ["around", "E[x²]", "mean"], (x, gamma, beta, eps) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Average()) / Math.Sqrt(column.Average(w => w * w) + eps) + beta[c])),
        Forward("least and largest value", ["min", "largest", "deviation"], (x, gamma, beta, _) => ByColumns(x, (column, c) => v => gamma[c] * (v - column.Min()) / (column.Max() - column.Min()) + beta[c])),
        Forward("half by 1 / 2", ["1/2", "whole number", "integer", "divide"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            const int one = 1, two = 2;
            return v => gamma[c] * (v - column.Average()) / Math.Pow(Variance(column) + eps, one / two) + beta[c];
        })),
        Forward("mean and squares in one loop", ["loop", "finished", "complete"], (x, gamma, beta, eps) =>
        {
            var (N, C) = (x.GetLength(0), x.GetLength(1));
            var y = new double[N, C];
            for (var c = 0; c < C; c++)
            {
                double mean = 0, variance = 0;
                for (var n = 0; n < N; n++)
                {
                    mean += x[n, c] / N;
                    variance += Math.Pow(x[n, c] - mean, 2) / N;
                }
                for (var n = 0; n < N; n++)
                    y[n, c] = gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c];
            }
            return y;
        }),
        Forward("the sums not set to zero for the next column", ["next column", "first column", "zero"], (x, gamma, beta, eps) =>
        {
            var (N, C) = (x.GetLength(0), x.GetLength(1));
            var y = new double[N, C];
            double mean = 0, variance = 0;
            for (var c = 0; c < C; c++)
            {
                for (var n = 0; n < N; n++)
                    mean += x[n, c] / N;
                for (var n = 0; n < N; n++)
                    variance += Math.Pow(x[n, c] - mean, 2) / N;
                for (var n = 0; n < N; n++)
                    y[n, c] = gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c];
            }
            return y;
        }),
        Forward("the squares not set to zero for the next column", ["next column", "first column", "zero"], (x, gamma, beta, eps) =>
        {
            var squares = 0.0;
            return ByColumns(x, (column, c) =>
            {
                foreach (var v in column)
                    squares += (v - column.Average()) * (v - column.Average());
                var std = Math.Sqrt(squares / column.Length + eps);
                return v => gamma[c] * (v - column.Average()) / std + beta[c];
            });
        }),
        Forward("the last column's statistics for all", ["last column"], (x, gamma, beta, eps) =>
        {
            double mean = 0, variance = 0;
            foreach (var column in Columns(x))
            {
                mean = column.Average();
                variance = Variance(column);
            }
            return Make(x, (n, c) => gamma[c] * (x[n, c] - mean) / Math.Sqrt(variance + eps) + beta[c]);
        }),
        Forward("the column before's variance", ["first column", "column before", "next column"], (x, gamma, beta, eps) =>
        {
            var variance = Variance(Column(x, 0));
            return ByColumns(x, (column, c) =>
            {
                var std = Math.Sqrt(variance + eps);
                variance = Variance(column);
                return v => gamma[c] * (v - column.Average()) / std + beta[c];
            });
        }),
        Forward("the last row left out of the mean", ["last row", "last value", "last sample"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double mean = 0;
            for (var n = 0; n < column.Length - 1; n++)
                mean += column[n] / column.Length;
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Average(w => (w - mean) * (w - mean)) + eps) + beta[c];
        })),
        Forward("the first row left out of the mean", ["first row", "first value", "first sample"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double mean = 0;
            for (var n = 1; n < column.Length; n++)
                mean += column[n];
            mean /= column.Length;
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Average(w => (w - mean) * (w - mean)) + eps) + beta[c];
        })),
        Forward("the last row of y not written", ["last row", "last value"], (x, gamma, beta, eps) => Make(x, (n, c) => n == x.GetLength(0) - 1 ? 0
            : gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Forward("the last column of y not written", ["last column"], (x, gamma, beta, eps) => Make(x, (n, c) => c == x.GetLength(1) - 1 ? 0
            : gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Forward("returned after the first column", ["first column", "return"], (x, gamma, beta, eps) =>
        {
            var y = new double[x.GetLength(0), x.GetLength(1)];
            for (var c = 0; c < x.GetLength(1);)
            {
                var column = Column(x, c);
                for (var n = 0; n < column.Length; n++)
                    y[n, c] = gamma[c] * (column[n] - column.Average()) / Math.Sqrt(Variance(column) + eps) + beta[c];
                return y;
            }
            return y;
        }),
        Forward("only the first row written", ["first row", "first value"], (x, gamma, beta, eps) => Make(x, (n, c) => n > 0 ? 0
            : gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Forward("divided by N twice", ["twice", "N"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double mean = 0;
            foreach (var v in column)
                mean += v / column.Length;
            mean /= column.Length;
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Average(w => (w - mean) * (w - mean)) + eps) + beta[c];
        })),
        Forward("mean by the number of columns", ["C", "columns"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            var mean = column.Sum() / x.GetLength(1);
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Sum(w => (w - mean) * (w - mean)) / x.GetLength(1) + eps) + beta[c];
        })),
        Forward("statistics in float", ["float"], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            float mean = (float)column.Average(), std = MathF.Sqrt((float)(Variance(column) + eps));
            return v => gamma[c] * (v - mean) / std + beta[c];
        })),
        Forward("in place", ["in place"], (x, gamma, beta, eps) =>
        {
            for (var c = 0; c < x.GetLength(1); c++)
            {
                double mean = Column(x, c).Average(), std = Math.Sqrt(Variance(Column(x, c)) + eps);
                for (var n = 0; n < x.GetLength(0); n++)
                    x[n, c] = gamma[c] * (x[n, c] - mean) / std + beta[c];
            }
            return x;
        }),
        Forward("in place, and statistics that move", ["in place"], (x, gamma, beta, eps) =>
        {
            for (var c = 0; c < x.GetLength(1); c++)
                for (var n = 0; n < x.GetLength(0); n++)
                    x[n, c] = gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c];
            return x;
        }),
        Forward("columns by rows", ["transposed", "size", "exchanged"], (x, gamma, beta, eps) =>
            Make(x.GetLength(1), x.GetLength(0), (c, n) => gamma[c] * (x[n, c] - Column(x, c).Average()) / Math.Sqrt(Variance(Column(x, c)) + eps) + beta[c])),
        Forward("x returned", ["x itself"], (x, gamma, beta, eps) => (double[,])x.Clone()),
        Forward("y never written", ["zero"], (x, gamma, beta, eps) => new double[x.GetLength(0), x.GetLength(1)]),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Forward("ε within each square", [], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            var mean = column.Average();
            return v => gamma[c] * (v - mean) / Math.Sqrt(column.Average(w => (w - mean) * (w - mean) + eps)) + beta[c];
        })),
        Forward("rows outside, arrays for the statistics", [], (x, gamma, beta, eps) =>
        {
            var (N, C) = (x.GetLength(0), x.GetLength(1));
            var (sum, squares, y) = (new double[C], new double[C], new double[N, C]);
            for (var n = 0; n < N; n++)
                for (var c = 0; c < C; c++)
                    sum[c] += x[n, c];
            for (var n = N - 1; n >= 0; n--)
                for (var c = 0; c < C; c++)
                    squares[c] += Math.Pow(x[n, c] - sum[c] / N, 2);
            for (var n = 0; n < N; n++)
                for (var c = 0; c < C; c++)
                    y[n, c] = beta[c] + (x[n, c] - sum[c] / N) * gamma[c] / Math.Sqrt(squares[c] / N + eps);
            return y;
        }),
        Forward("Welford", [], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double mean = 0, m2 = 0;
            var count = 0;
            foreach (var v in column)
            {
                var delta = v - mean;
                mean += delta / ++count;
                m2 += delta * (v - mean);
            }
            return v => (v - mean) / Math.Sqrt(m2 / count + eps) * gamma[c] + beta[c];
        })),
        Forward("power −0.5, no intermediate names", [], (x, gamma, beta, eps) => Make(x, (n, c) => Math.Pow(Variance(Column(x, c)) + eps, -0.5) * (x[n, c] - Column(x, c).Average()) * gamma[c] + beta[c])),
        Forward("n/(n − 1) out of the sample variance", [], (x, gamma, beta, eps) => ByColumns(x, (column, c) =>
        {
            double n = column.Length, mean = column.Average(), sample = column.Sum(v => (v - mean) * (v - mean)) / (n - 1);
            return v => gamma[c] / Math.Sqrt(sample * (n - 1) / n + eps) * (v - mean) + beta[c];
        })),
        Forward("centred copy", [], (x, gamma, beta, eps) =>
        {
            var centred = Make(x, (n, c) => x[n, c] - Column(x, c).Average());
            return Make(x, (n, c) => gamma[c] * centred[n, c] / Math.Sqrt(Column(centred, c).Average(v => v * v) + eps) + beta[c]);
        }),
        Forward("a constant column treated by itself", [], (x, gamma, beta, eps) => ByColumns(x, (column, c) => Array.TrueForAll(column, v => v == column[0])
            ? _ => beta[c]
            : v => gamma[c] * (v - column.Average()) / Math.Sqrt(Variance(column) + eps) + beta[c])),
    ];
}
