namespace BnNotebooks.Checks.Tests;

/// <summary>Right answers in the styles that people write: queries, running sums, other orders of loops, other formulas.</summary>
static class RightAnswers
{
    public static IEnumerable<(string Name, Func<CheckResult> Check)> All => [.. Statistics, .. Forwards, .. Backwards, .. Networks, .. Others];

    static IEnumerable<(string, Func<CheckResult>)> Statistics =>
    [
        ("mean, query", () => Check.MeanOfColumns(x => [.. Columns(x).Select(column => column.Average())])),
        ("mean, rows outside", () => Check.MeanOfColumns(x => Add(x, (mean, v) => mean + v / x.GetLength(0)))),
        ("mean, running", () => Check.MeanOfColumns(x => [.. Columns(x).Select(column => column.Index().Aggregate(0.0, (mean, v) => mean + (v.Item - mean) / (v.Index + 1)))])),
        ("mean, backwards", () => Check.MeanOfColumns(x => [.. Columns(x).Select(column => column.Reverse().Sum() / column.Length)])),
        ("variance, query", () => Check.VarianceOfColumns((x, mean) => [.. Columns(x).Zip(mean, (column, mu) => column.Average(v => Math.Pow(v - mu, 2)))])),
        ("variance, mean of squares", () => Check.VarianceOfColumns((x, mean) => [.. Columns(x).Zip(mean, (column, mu) => column.Average(v => v * v) - mu * mu)])),
        ("variance, pairs", () => Check.VarianceOfColumns((x, _) => [.. Columns(x).Select(column => column.Average(a => column.Average(b => (a - b) * (a - b))) / 2)])),
        ("running, query", () => Check.RunningStatistics((mean, variance, x, m) => ([.. Columns(x).Zip(mean, (column, old) => old * (1 - m) + m * column.Average())], [.. Columns(x).Zip(variance, (column, old) => old * (1 - m) + m * Variance(column) * column.Length / (column.Length - 1.0))]))),
        ("running, by difference", () => Check.RunningStatistics((mean, variance, x, m) => ([.. Columns(x).Zip(mean, (column, old) => old + m * (column.Average() - old))], [.. Columns(x).Zip(variance, (column, old) => old - m * (old - Variance(column) / (1 - 1.0 / column.Length)))]))),
        ("running, one pass", () => Check.RunningStatistics((mean, variance, x, m) =>
        {
            double n = x.GetLength(0);
            var (sum, squares) = (Add(x, (s, v) => s + v), Add(x, (s, v) => s + v * v));
            return ([.. mean.Zip(sum, (old, s) => (1 - m) * old + m * s / n)], [.. variance.Select((old, c) => (1 - m) * old + m * (squares[c] - sum[c] * sum[c] / n) / (n - 1))]);
        })),
    ];

    static IEnumerable<(string, Func<CheckResult>)> Forwards =>
    [
        ("forward, query", () => Check.Forward((x, g, b, e) => ByColumn(x, (column, c) => [.. column.Select(v => g[c] * (v - column.Average()) / Math.Sqrt(Variance(column) + e) + b[c])]))),
        ("forward, one pass", () => Check.Forward((x, g, b, e) => ByColumn(x, (column, c) => [.. column.Select(v => g[c] * (v - column.Sum() / column.Length) / Math.Sqrt(column.Sum(w => w * w) / column.Length - Math.Pow(column.Sum() / column.Length, 2) + e) + b[c])]))),
        ("forward, scale and shift", () => Check.Forward((x, g, b, e) => ByColumn(x, (column, c) =>
        {
            var scale = g[c] * Math.Pow(Variance(column) + e, -0.5);
            var shift = b[c] - scale * column.Average();
            return [.. column.Select(v => v * scale + shift)];
        }))),
        ("forward, two arrays", () => Check.Forward((x, g, b, e) =>
        {
            var (mean, y) = (Add(x, (s, v) => s + v / x.GetLength(0)), (double[,])x.Clone());
            double[] variance = [.. Columns(x).Select(Variance)];
            for (var n = y.GetLength(0) - 1; n >= 0; n--)
                for (var c = 0; c < y.GetLength(1); c++)
                    y[n, c] = (y[n, c] - mean[c]) / Math.Sqrt(variance[c] + e) * g[c] + b[c];
            return y;
        })),
        ("inference, query", () => Check.Inference((x, m, v, g, b, e) => ByColumn(x, (column, c) => [.. column.Select(a => (a - m[c]) / Math.Sqrt(v[c] + e) * g[c] + b[c])]))),
        ("inference, scale and shift", () => Check.Inference((x, m, v, g, b, e) => ByColumn(x, (column, c) => [.. column.Select(a => a * (g[c] / Math.Sqrt(v[c] + e)) + (b[c] - m[c] * g[c] / Math.Sqrt(v[c] + e)))]))),
        ("inference, powers", () => Check.Inference((x, m, v, g, b, e) => ByColumn(x, (column, c) => [.. column.Select(a => b[c] + g[c] * (a - m[c]) * Math.Pow(v[c] + e, -0.5))]))),
        ("layer norm, query", () => Check.LayerNorm((x, g, b, e) => ByRow(x, row => [.. row.Select((v, c) => g[c] * (v - row.Average()) / Math.Sqrt(Variance(row) + e) + b[c])]))),
        ("layer norm, one pass", () => Check.LayerNorm((x, g, b, e) => ByRow(x, row => [.. row.Select((v, c) => g[c] * (v - row.Average()) / Math.Sqrt(row.Average(w => w * w) - Math.Pow(row.Average(), 2) + e) + b[c])]))),
        ("layer norm, scale last", () => Check.LayerNorm((x, g, b, e) => ByRow(x, row => [.. row.Select(v => v - row.Average()).Select((v, c) => b[c] + v * (1 / Math.Sqrt(Variance(row) + e)) * g[c])]))),
        ("rms norm, query", () => Check.RmsNorm((x, g, e) => ByRow(x, row => [.. row.Select((v, c) => g[c] * v / Math.Sqrt(row.Average(w => w * w) + e))]))),
        ("rms norm, by length", () => Check.RmsNorm((x, g, e) => ByRow(x, row => [.. row.Select((v, c) => v * Math.Sqrt(row.Length) / Math.Sqrt(row.Sum(w => w * w) + row.Length * e) * g[c])]))),
        ("rms norm, powers", () => Check.RmsNorm((x, g, e) => ByRow(x, row => [.. row.Select((v, c) => v * Math.Pow(row.Sum(w => Math.Pow(w, 2)) / row.Length + e, -0.5) * g[c])]))),
        ("2d, as a table", () => Check.BatchNorm2d((x, g, b, e) => BySet(x, g, b, e, (n, c) => c))),
        ("2d, one pass", () => Check.BatchNorm2d((x, g, b, e) => BySet(x, g, b, e, (n, c) => c, onePass: true))),
        ("2d, index by index", () => Check.BatchNorm2d((x, g, b, e) => Flat(x, g, b, e, i => i.C))),
        ("instance, by sets", () => Check.InstanceNorm((x, g, b, e) => BySet(x, g, b, e, (n, c) => (n, c)))),
        ("instance, one pass", () => Check.InstanceNorm((x, g, b, e) => BySet(x, g, b, e, (n, c) => (n, c), onePass: true))),
        ("instance, index by index", () => Check.InstanceNorm((x, g, b, e) => Flat(x, g, b, e, i => 100 * i.N + i.C))),
        ("group, by sets", () => Check.GroupNorm((x, groups, g, b, e) => BySet(x, g, b, e, (n, c) => (n, c / (g.Length / groups))))),
        ("group, one pass", () => Check.GroupNorm((x, groups, g, b, e) => BySet(x, g, b, e, (n, c) => (n, c * groups / g.Length), onePass: true))),
        ("group, index by index", () => Check.GroupNorm((x, groups, g, b, e) => Flat(x, g, b, e, i => 100 * i.N + i.C * groups / g.Length))),
    ];

    static IEnumerable<(string, Func<CheckResult>)> Backwards =>
    [
        ("backward, by queries", () => Check.Backward((dy, x, g, e) => Stages(dy, x, g, e, throughMean: false))),
        ("backward, with dσ²'s part in dμ", () => Check.Backward((dy, x, g, e) => Stages(dy, x, g, e, throughMean: true))),
        ("backward, dx in one line", () => Check.Backward((dy, x, g, e) => Stages(dy, x, g, e, throughMean: false) with { DX = Mine.BackwardShort(dy, x, g, e) })),
        ("short, from the stages", () => Check.BackwardShort((dy, x, g, e) => Stages(dy, x, g, e, throughMean: false).DX!)),
        ("short, N times", () => Check.BackwardShort((dy, x, g, e) => ByColumn(x, (column, c) =>
        {
            var (sigma, slopes, N) = (Math.Sqrt(Variance(column) + e), Columns(dy)[c], (double)column.Length);
            double[] xHat = [.. column.Select(v => (v - column.Average()) / sigma)];
            return [.. slopes.Select((d, n) => g[c] / (N * sigma) * (N * d - slopes.Sum() - xHat[n] * slopes.Zip(xHat, (a, h) => a * h).Sum()))];
        }))),
        ("short, projections", () => Check.BackwardShort((dy, x, g, e) => ByColumn(x, (column, c) =>
        {
            var (variance, mean, slopes) = (Variance(column) + e, column.Average(), Columns(dy)[c]);
            var along = slopes.Zip(column, (d, v) => d * (v - mean)).Average() / variance;
            return [.. slopes.Select((d, n) => g[c] / Math.Sqrt(variance) * (d - slopes.Average() - (column[n] - mean) * along))];
        }))),
        ("differences, copies", () => Check.CentralDifferences((f, x, h) => [.. x.Select((_, i) => (f([.. x.Select((v, k) => k == i ? v + h : v)]) - f([.. x.Select((v, k) => k == i ? v - h : v)])) / 2 / h)])),
        ("differences, in place and put back", () => Check.CentralDifferences((f, x, h) =>
        {
            var slopes = new double[x.Length];
            for (var i = 0; i < x.Length; i++)
            {
                var old = x[i];
                x[i] = old + h;
                var up = f(x);
                x[i] = old - h;
                slopes[i] = (up - f(x)) / (2 * h);
                x[i] = old;
            }
            return slopes;
        })),
        ("differences, forth and back", () => Check.CentralDifferences((f, x, h) =>
        {
            var slopes = new double[x.Length];
            for (var i = 0; i < x.Length; i++)
            {
                x[i] += h;
                slopes[i] = f(x);
                x[i] -= 2 * h;
                slopes[i] = 0.5 * (slopes[i] - f(x)) / h;
                x[i] += h;
            }
            return slopes;
        })),
        ("relu backward, product", () => Check.ReluBackward((dy, x) => Each(x, (n, c) => dy[n, c] * (x[n, c] > 0 ? 1 : 0)))),
        ("relu backward, if", () => Check.ReluBackward((dy, x) => Each(x, (n, c) => x[n, c] <= 0 ? 0 : dy[n, c]))),
        ("relu backward, by the output", () => Check.ReluBackward((dy, x) => Each(x, (n, c) => Math.Max(x[n, c], 0) != 0 ? dy[n, c] : 0))),
    ];

    static IEnumerable<(string, Func<CheckResult>)> Networks =>
    [
        ("linear, query", () => Check.LinearForward((x, w, b) => Each(x.GetLength(0), b.Length, (n, o) => b[o] + Enumerable.Range(0, x.GetLength(1)).Sum(i => x[n, i] * w[o, i])))),
        ("linear, bias last, inputs outside", () => Check.LinearForward((x, w, b) =>
        {
            var y = new double[x.GetLength(0), b.Length];
            for (var i = 0; i < x.GetLength(1); i++)
                for (var o = 0; o < b.Length; o++)
                    for (var n = 0; n < x.GetLength(0); n++)
                        y[n, o] += w[o, i] * x[n, i] + (i == 0 ? b[o] : 0);
            return y;
        })),
        ("linear, from the last input", () => Check.LinearForward((x, w, b) => Each(x.GetLength(0), b.Length, (n, o) => Enumerable.Range(0, x.GetLength(1)).Reverse().Aggregate(0.0, (sum, i) => sum + x[n, i] * w[o, i]) + b[o]))),
        ("linear backward, queries", () => Check.LinearBackward((dy, x, w) => (
            Each(w, (o, i) => Rows(x).Sum(n => dy[n, o] * x[n, i])), [.. Columns(dy).Select(column => column.Sum())], Each(x, (n, i) => Rows(w).Sum(o => dy[n, o] * w[o, i]))))),
        ("linear backward, three loops", () => Check.LinearBackward((dy, x, w) =>
        {
            var (dw, db, dx) = (new double[w.GetLength(0), w.GetLength(1)], Add(dy, (sum, v) => sum + v), new double[x.GetLength(0), x.GetLength(1)]);
            for (var i = 0; i < w.GetLength(1); i++)
                for (var o = 0; o < w.GetLength(0); o++)
                    foreach (var n in Rows(x))
                        (dw[o, i], dx[n, i]) = (dw[o, i] + x[n, i] * dy[n, o], dx[n, i] + w[o, i] * dy[n, o]);
            return (dw, db, dx);
        })),
        ("linear backward, from the last sample", () => Check.LinearBackward((dy, x, w) => (
            Each(w, (o, i) => Rows(x).Reverse().Sum(n => dy[n, o] * x[n, i])), Add(dy, (sum, v) => v + sum), Each(x, (n, i) => Rows(w).Reverse().Sum(o => dy[n, o] * w[o, i]))))),
        ("relu, if", () => Check.Relu(x => Each(x, (n, c) => x[n, c] > 0 ? x[n, c] : 0))),
        ("relu, half", () => Check.Relu(x => Each(x, (n, c) => (x[n, c] + Math.Abs(x[n, c])) / 2))),
        ("relu, copy and cut", () => Check.Relu(x => Each((double[,])x.Clone(), (n, c) => x[n, c] < 0 ? 0 : x[n, c]))),
        ("loss, log of the share", () => Check.CrossEntropy((z, labels) => Rows(z).Average(n => -Math.Log(Shares(z, n)[labels[n]])))),
        ("loss, differences", () => Check.CrossEntropy((z, labels) => Rows(z).Average(n => Math.Log(Row(z, n).Sum(v => Math.Exp(v - z[n, labels[n]])))))),
        ("loss, by half of the batch", () => Check.CrossEntropy((z, labels) => -Rows(z).Select(n => Math.Log(Shares(z, n)[labels[n]]) / labels.Length).Reverse().Sum())),
        ("loss gradient, one-hot", () => Check.CrossEntropyGradient((z, labels) => Each(z, (n, k) => (Shares(z, n)[k] - (labels[n] == k ? 1 : 0)) / labels.Length))),
        ("loss gradient, log-sum-exp", () => Check.CrossEntropyGradient((z, labels) => Each(z, (n, k) => (Math.Exp(z[n, k] - Row(z, n).Max() - Math.Log(Row(z, n).Sum(v => Math.Exp(v - Row(z, n).Max())))) - (labels[n] == k ? 1 : 0)) / z.GetLength(0)))),
        ("loss gradient, shares of others", () => Check.CrossEntropyGradient((z, labels) => Each(z, (n, k) => (labels[n] == k ? -Shares(z, n).Where((_, j) => j != k).Sum() : Shares(z, n)[k]) / labels.Length))),
        ("loop, zeros after the step", () => Check.TrainingLoop((network, batches, unseen, epochs) => Loop(epochs, () =>
        {
            foreach (var batch in batches)
            {
                network.Train();
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.Step();
                network.ZeroGradients();
            }
            network.Eval();
            return network.Loss(unseen);
        }))),
        ("loop, zeros before backward", () => Check.TrainingLoop((network, batches, unseen, epochs) => Loop(epochs, () =>
        {
            network.Train();
            for (var i = 0; i < batches.Length; i++)
            {
                network.Forward(batches[i].X);
                network.ZeroGradients();
                network.Backward(batches[i].Labels);
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        }))),
        ("loop, back to training after evaluating", () => Check.TrainingLoop((network, batches, unseen, epochs) => Loop(epochs, () =>
        {
            foreach (var batch in batches)
            {
                network.ZeroGradients();
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.Step();
            }
            network.Eval();
            var loss = network.Loss(unseen);
            network.Train();
            return loss;
        }))),
    ];

    static IEnumerable<(string, Func<CheckResult>)> Others =>
    [
        ("step, query", () => Check.SgdStep((p, g, lr) => [.. p.Zip(g, (a, b) => a - lr * b)])),
        ("step, plus a negative", () => Check.SgdStep((p, g, lr) => [.. p.Select((a, i) => a + -lr * g[i])])),
        ("step, copy", () => Check.SgdStep((p, g, lr) => { var next = (double[])p.Clone(); for (var i = next.Length; i-- > 0;) next[i] -= g[i] * lr; return next; })),
        ("momentum, query", () => Check.Momentum((p, g, v, lr, m) => ([.. p.Select((a, i) => a - lr * (m * v[i] + g[i]))], [.. v.Zip(g, (a, b) => m * a + b)]))),
        ("momentum, velocity first", () => Check.Momentum((p, g, v, lr, m) => { double[] next = [.. v.Select((a, i) => a * m + g[i])]; return ([.. p.Zip(next, (a, b) => a - b * lr)], next); })),
        ("momentum, spread out", () => Check.Momentum((p, g, v, lr, m) => ([.. p.Select((a, i) => a - lr * m * v[i] - lr * g[i])], [.. g.Zip(v, (b, a) => b + a * m)]))),
        ("He, root", () => Check.HeStart((inputs, _) => Math.Sqrt(2d / inputs))),
        ("He, power", () => Check.HeStart((inputs, _) => Math.Pow(inputs / 2.0, -0.5))),
        ("He, product", () => Check.HeStart((inputs, _) => Math.Sqrt(2) / Math.Sqrt(inputs))),
        ("fold, queries", () => Check.Fold((w, b, m, v, g, beta, e) => (Each(w, (o, i) => g[o] * w[o, i] / Math.Sqrt(v[o] + e)), [.. b.Select((a, o) => beta[o] + g[o] * (a - m[o]) / Math.Sqrt(v[o] + e))]))),
        ("fold, scale and shift", () => Check.Fold((w, b, m, v, g, beta, e) => { double[] s = [.. g.Select((a, o) => a * Math.Pow(v[o] + e, -0.5))]; return (Each(w, (o, i) => w[o, i] * s[o]), [.. b.Select((a, o) => a * s[o] + (beta[o] - m[o] * s[o]))]); })),
        ("fold, copies", () => Check.Fold((w, b, m, v, g, beta, e) => (Each((double[,])w.Clone(), (o, i) => w[o, i] / Math.Sqrt(v[o] + e) * g[o]), [.. Enumerable.Range(0, b.Length).Select(o => g[o] / Math.Sqrt(v[o] + e) * b[o] - g[o] / Math.Sqrt(v[o] + e) * m[o] + beta[o])]))),
        ("layer, of the exercises before", () => Check.Layer((features, momentum, eps) =>
        {
            double[] mean = new double[features], variance = [.. Enumerable.Repeat(1.0, features)], ones = [.. Enumerable.Repeat(1.0, features)];
            return (training, x) =>
            {
                if (!training)
                    return Mine.Inference(x, mean, variance, ones, new double[features], eps);
                (mean, variance) = Mine.RunningStatistics(mean, variance, x, momentum);
                return Mine.Forward(x, ones, new double[features], eps);
            };
        })),
        ("layer, a class", () => Check.Layer((features, momentum, eps) => new Remembering(features, momentum, eps).Call)),
        ("layer, averages after the output", () => Check.Layer((features, momentum, eps) =>
        {
            var state = new (double Mean, double Variance)[features];
            Array.Fill(state, (0, 1));
            return (training, x) => ByColumn(x, (column, c) =>
            {
                double[] y = [.. column.Select(v => training ? (v - column.Average()) / Math.Sqrt(Variance(column) + eps) : (v - state[c].Mean) / Math.Sqrt(state[c].Variance + eps))];
                if (training)
                    state[c] = ((1 - momentum) * state[c].Mean + momentum * column.Average(), (1 - momentum) * state[c].Variance + momentum * Variance(column) * column.Length / (column.Length - 1));
                return y;
            });
        })),
    ];

    sealed class Remembering(int features, double momentum, double eps)
    {
        readonly double[] mean = new double[features], deviationFromOne = new double[features];

        public double[,] Call(bool training, double[,] x) => ByColumn(x, (column, c) =>
        {
            if (!training)
                return [.. column.Select(v => (v - mean[c]) / Math.Sqrt(1 + deviationFromOne[c] + eps))];
            mean[c] = mean[c] * (1 - momentum) + column.Average() * momentum;
            deviationFromOne[c] += momentum * (Variance(column) / (column.Length - 1) * column.Length - 1 - deviationFromOne[c]);
            return [.. column.Select(v => (v - column.Average()) / Math.Sqrt(Variance(column) + eps))];
        });
    }

    static BackwardStages Stages(double[,] dy, double[,] x, double[] g, double e, bool throughMean)
    {
        var N = x.GetLength(0);
        double[] mean = [.. Columns(x).Select(column => column.Average())], sigma = [.. Columns(x).Select(column => Math.Sqrt(Variance(column) + e))];
        var dHat = Each(dy, (n, c) => dy[n, c] * g[c]);
        double[] dVar = [.. Columns(dHat).Select((column, c) => -0.5 * column.Zip(Columns(x)[c], (d, v) => d * (v - mean[c])).Sum() * Math.Pow(sigma[c], -3))];
        double[] dMean = [.. Columns(dHat).Select((column, c) => -column.Sum() / sigma[c] + (throughMean ? dVar[c] * Columns(x)[c].Sum(v => -2 * (v - mean[c])) / N : 0))];
        return new([.. Columns(dy).Select((column, c) => column.Zip(Columns(x)[c], (d, v) => d * ((v - mean[c]) / sigma[c])).Sum())], [.. Columns(dy).Select(column => column.Sum())],
            dHat, dVar, dMean, Each(x, (n, c) => dHat[n, c] / sigma[c] + (dVar[c] * 2 * (x[n, c] - mean[c]) + dMean[c]) / N));
    }

    static double[] Loop(int epochs, Func<double> epoch) => [.. Enumerable.Range(0, epochs).Select(_ => epoch())];

    static double[] Shares(double[,] z, int n) => [.. Row(z, n).Select(v => Math.Exp(v - Row(z, n).Max()) / Row(z, n).Sum(w => Math.Exp(w - Row(z, n).Max())))];

    static IEnumerable<int> Rows(double[,] x) => Enumerable.Range(0, x.GetLength(0));

    static double[] Row(double[,] x, int n) => [.. Enumerable.Range(0, x.GetLength(1)).Select(c => x[n, c])];

    static double[][] Columns(double[,] x) => [.. Enumerable.Range(0, x.GetLength(1)).Select(c => Rows(x).Select(n => x[n, c]).ToArray())];

    static double Variance(double[] values) => values.Average(v => (v - values.Average()) * (v - values.Average()));

    // The rows outside, the columns inside.
    static double[] Add(double[,] x, Func<double, double, double> add)
    {
        var sums = new double[x.GetLength(1)];
        foreach (var n in Rows(x))
            for (var c = 0; c < sums.Length; c++)
                sums[c] = add(sums[c], x[n, c]);
        return sums;
    }

    static double[,] Each(double[,] like, Func<int, int, double> value) => Each(like.GetLength(0), like.GetLength(1), value);

    static double[,] Each(int rows, int columns, Func<int, int, double> value)
    {
        var y = new double[rows, columns];
        for (var c = 0; c < columns; c++)
            for (var n = 0; n < rows; n++)
                y[n, c] = value(n, c);
        return y;
    }

    static double[,] ByColumn(double[,] x, Func<double[], int, double[]> of)
    {
        double[][] made = [.. Columns(x).Select(of)];
        return Each(x, (n, c) => made[c][n]);
    }

    static double[,] ByRow(double[,] x, Func<double[], double[]> of)
    {
        double[][] made = [.. Rows(x).Select(n => of(Row(x, n)))];
        return Each(x, (n, c) => made[n][c]);
    }

    // Gathers what shares its statistics, then writes.
    static double[,,,] BySet<TKey>(double[,,,] x, double[] g, double[] b, double e, Func<int, int, TKey> set, bool onePass = false) where TKey : notnull
    {
        var sums = new Dictionary<TKey, (double Count, double Sum, double Squares)>();
        foreach (var (n, c, h, w) in Places(x))
        {
            var (count, sum, squares) = sums.GetValueOrDefault(set(n, c));
            sums[set(n, c)] = (count + 1, sum + x[n, c, h, w], squares + x[n, c, h, w] * x[n, c, h, w]);
        }
        var centred = new Dictionary<TKey, double>();
        foreach (var (n, c, h, w) in Places(x))
            centred[set(n, c)] = centred.GetValueOrDefault(set(n, c)) + Math.Pow(x[n, c, h, w] - sums[set(n, c)].Sum / sums[set(n, c)].Count, 2);
        var y = (double[,,,])x.Clone();
        foreach (var (n, c, h, w) in Places(x))
        {
            var (count, sum, squares) = sums[set(n, c)];
            var variance = onePass ? squares / count - sum / count * (sum / count) : centred[set(n, c)] / count;
            y[n, c, h, w] = g[c] * (x[n, c, h, w] - sum / count) / Math.Sqrt(variance + e) + b[c];
        }
        return y;
    }

    // One flat list, in the order of memory.
    static double[,,,] Flat(double[,,,] x, double[] g, double[] b, double e, Func<(int N, int C, int H, int W), int> set)
    {
        var y = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        foreach (var place in Places(x).Reverse())
        {
            double[] values = [.. Places(x).Where(other => set(other) == set(place)).Select(p => x[p.N, p.C, p.H, p.W])];
            y[place.N, place.C, place.H, place.W] = (x[place.N, place.C, place.H, place.W] - values.Average()) / Math.Sqrt(Variance(values) + e) * g[place.C] + b[place.C];
        }
        return y;
    }

    static (int N, int C, int H, int W)[] Places(double[,,,] x) =>
    [
        .. from n in Enumerable.Range(0, x.GetLength(0))
           from c in Enumerable.Range(0, x.GetLength(1))
           from h in Enumerable.Range(0, x.GetLength(2))
           from w in Enumerable.Range(0, x.GetLength(3))
           select (n, c, h, w),
    ];
}
