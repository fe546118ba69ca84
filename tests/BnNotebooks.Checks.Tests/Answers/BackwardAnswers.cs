using static BnNotebooks.Checks.Tests.Answers.Arrays;
using Function = System.Func<double[,], double[,], double[], double, BnNotebooks.Checks.BackwardStages>;

namespace BnNotebooks.Checks.Tests.Answers;

static class BackwardAnswers
{
    static Answer Backward(string name, string[] words, Function function) => new($"Backward: {name}", words, () => Check.Backward(function));

    /// <summary>What the stages are computed from: a column's values, its gradients, and what follows from them.</summary>
    sealed record Feature(double[] X, double[] Dy, double Gamma, double Eps)
    {
        public double N => X.Length;

        public double Mean => X.Average();

        public double Var => Variance(X) + Eps;

        public double Std => Math.Sqrt(Var);

        public double[] Hat => [.. X.Select(v => (v - Mean) / Std)];

        public double[] DHat => [.. Dy.Select(v => v * Gamma)];

        public double DVar => X.Zip(DHat, (v, d) => d * (v - Mean)).Sum() * -0.5 * Math.Pow(Var, -1.5);

        public double DMean => -DHat.Sum() / Std;
    }

    static Feature[] Features(double[,] dy, double[,] x, double[] gamma, double eps) =>
        [.. gamma.Select((g, c) => new Feature(Column(x, c), Column(dy, c), g, eps))];

    static double[,] Table(Feature[] features, Func<Feature, int, double> value) => Make(features[0].X.Length, features.Length, (n, c) => value(features[c], n));

    static double Dot(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (p, q) => p * q).Sum();

    static BackwardStages Stages(Feature[] features) => new(
        [.. features.Select(f => Dot(f.Dy, f.Hat))], [.. features.Select(f => f.Dy.Sum())], Table(features, (f, n) => f.DHat[n]),
        [.. features.Select(f => f.DVar)], [.. features.Select(f => f.DMean)],
        Table(features, (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N));

    static Answer DGamma(string name, string[] words, Func<Feature, double> value) => Backward($"dγ: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DGamma = [.. Features(dy, x, gamma, eps).Select(value)] });

    static Answer DBeta(string name, string[] words, Func<Feature, double> value) => Backward($"dβ: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DBeta = [.. Features(dy, x, gamma, eps).Select(value)] });

    static Answer DHat(string name, string[] words, Func<Feature, int, double> value) => Backward($"dx̂: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DXHat = Table(Features(dy, x, gamma, eps), value) });

    static Answer DVar(string name, string[] words, Func<Feature, double> value) => Backward($"dσ²: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DVar = [.. Features(dy, x, gamma, eps).Select(value)] });

    static Answer DMean(string name, string[] words, Func<Feature, double> value) => Backward($"dμ: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DMean = [.. Features(dy, x, gamma, eps).Select(value)] });

    static Answer Dx(string name, string[] words, Func<Feature, int, double> value) => Backward($"dx: {name}", words, (dy, x, gamma, eps) =>
        Stages(Features(dy, x, gamma, eps)) with { DX = Table(Features(dy, x, gamma, eps), value) });

    public static IEnumerable<Answer> Wrong =>
    [
        DGamma("with x", ["x̂", "normalized"], f => Dot(f.Dy, f.X)),
        DGamma("with x − μ", ["deviation", "x̂", "divide"], f => f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum()),
        DGamma("γ again", ["γ"], f => Dot(f.DHat, f.Hat)),
        DGamma("the mean of the batch", ["mean", "N"], f => Dot(f.Dy, f.Hat) / f.N),
        DGamma("over σ²", ["root", "variance", "deviation"], f => f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean) / f.Var).Sum()),
        DGamma("no ε", ["ε"], f => f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum() / Math.Sqrt(Variance(f.X))),
        DGamma("ε outside of the root", ["ε"], f => f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum() / (Math.Sqrt(Variance(f.X)) + f.Eps)),
        DGamma("sample variance", ["n − 1"], f => f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum() / Math.Sqrt(Variance(f.X) * f.N / (f.N - 1) + f.Eps)),
        DGamma("that of β", ["dβ", "x̂"], f => f.Dy.Sum()),
        DGamma("the last row's alone", ["last", "sum", "+="], f => f.Dy[^1] * f.Hat[^1]),
        DGamma("sums multiplied", ["sum", "product"], f => f.Dy.Sum() * f.X.Sum()),
        DGamma("the last row left out", ["last row", "last value", "last sample"], f => Dot(f.Dy.SkipLast(1), f.Hat)),
        DGamma("the sign", ["sign"], f => f.X.Zip(f.Dy, (v, d) => d * (f.Mean - v) / f.Std).Sum()),
        Backward("dγ: of each sample", ["size", "sum"], (dy, x, gamma, eps) =>
            Stages(Features(dy, x, gamma, eps)) with { DGamma = [.. Flat(Table(Features(dy, x, gamma, eps), (f, n) => f.Dy[n] * f.Hat[n]))] }),
        Backward("dγ: summed along the row", ["size", "row", "column"], (dy, x, gamma, eps) =>
        {
            var table = Table(Features(dy, x, gamma, eps), (f, n) => f.Dy[n] * f.Hat[n]);
            return Stages(Features(dy, x, gamma, eps)) with { DGamma = [.. Enumerable.Range(0, x.GetLength(0)).Select(n => Row(table, n).Sum())] };
        }),
        Backward("dγ: the sum goes on through the columns", ["next column", "first", "zero"], (dy, x, gamma, eps) =>
        {
            var sum = 0.0;
            return Stages(Features(dy, x, gamma, eps)) with { DGamma = [.. Features(dy, x, gamma, eps).Select(f => sum += Dot(f.Dy, f.Hat))] };
        }),
        DBeta("times γ", ["γ"], f => f.DHat.Sum()),
        DBeta("the mean", ["mean", "N"], f => f.Dy.Average()),
        DBeta("the last row's alone", ["last", "sum", "+="], f => f.Dy[^1]),
        DBeta("the last row left out", ["last row", "last value", "last sample"], f => f.Dy.SkipLast(1).Sum()),
        DBeta("over σ", ["deviation", "divide"], f => f.Dy.Sum() / f.Std),
        DBeta("that of γ", ["dγ", "x̂"], f => Dot(f.Dy, f.Hat)),
        DHat("γ forgotten", ["γ", "dy"], (f, n) => f.Dy[n]),
        DHat("over σ already", ["deviation", "divide", "σ"], (f, n) => f.DHat[n] / f.Std),
        DHat("over γ", ["γ"], (f, n) => f.Dy[n] / f.Gamma),
        DHat("γ squared", ["γ"], (f, n) => f.DHat[n] * f.Gamma),
        DHat("over N", ["N"], (f, n) => f.DHat[n] / f.N),
        Backward("dx̂: the first γ for all", ["γ"], (dy, x, gamma, eps) => Stages(Features(dy, x, gamma, eps)) with { DXHat = Make(dy, (n, c) => dy[n, c] * gamma[0]) }),
        DVar("the sign", ["sign", "minus"], f => -f.DVar),
        DVar("½ forgotten", ["½", "0.5", "2 times"], f => 2 * f.DVar),
        DVar("the power −½", ["power", "3/2", "deviation", "σ³"], f => f.DVar * f.Var),
        DVar("the power −3/2 of σ", ["power", "3/2", "deviation", "σ³"], f => f.DVar / Math.Pow(f.Var, -1.5) * Math.Pow(f.Std, -1.5)),
        DVar("the power −3 of σ²", ["power", "3/2", "deviation", "σ³"], f => f.DVar / Math.Pow(f.Var, -1.5) * Math.Pow(f.Var, -3)),
        DVar("−3 / 2 of whole numbers", ["power", "3/2", "whole number", "integer", "σ³"], f => f.DVar / Math.Pow(f.Var, -1.5) / f.Var),
        DVar("−1 / 2 of whole numbers", ["zero"], f =>
        {
            const int one = 1, two = 2;
            return -one / two * f.X.Zip(f.DHat, (v, d) => d * (v - f.Mean)).Sum() * Math.Pow(f.Var, -1.5);
        }),
        DVar("dy in place of dx̂", ["γ", "dx̂"], f => f.DVar / f.Gamma),
        DVar("ε forgotten", ["ε"], f => f.DVar / Math.Pow(f.Var, -1.5) * Math.Pow(Variance(f.X), -1.5)),
        DVar("x not centred", ["x − μ", "mean", "centred"], f => Dot(f.DHat, f.X) * -0.5 * Math.Pow(f.Var, -1.5)),
        DVar("x̂ in place of x − μ", ["x − μ", "deviation", "power", "x̂"], f => Dot(f.DHat, f.Hat) * -0.5 * Math.Pow(f.Var, -1.5)),
        DVar("the mean over the batch", ["mean", "N"], f => f.DVar / f.N),
        DVar("times its root, as if it were dσ", ["σ", "deviation", "root"], f => f.DVar * 2 * f.Std),
        DMean("the sign", ["sign", "minus"], f => -f.DMean),
        DMean("the mean over the batch", ["mean", "N"], f => f.DMean / f.N),
        DMean("dy in place of dx̂", ["γ", "dx̂"], f => f.DMean / f.Gamma),
        DMean("over σ²", ["root", "variance", "deviation"], f => f.DMean / f.Std),
        DMean("not divided", ["divide", "deviation"], f => -f.DHat.Sum()),
        DMean("the way through σ² with x", ["σ²", "variance", "x − μ"], f => f.DMean + f.DVar * -2 * f.X.Average()),
        Dx("μ and σ² constants", ["constant"], (f, n) => f.DHat[n] / f.Std),
        Dx("no way through σ²", ["σ²", "variance"], (f, n) => f.DHat[n] / f.Std + f.DMean / f.N),
        Dx("no way through μ", ["μ", "mean"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N),
        Dx("no direct way", ["direct"], (f, n) => f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("N forgotten with σ²", ["N"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) + f.DMean / f.N),
        Dx("N forgotten with μ", ["N"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean),
        Dx("N forgotten twice", ["N"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) + f.DMean),
        Dx("2 forgotten", ["2"], (f, n) => f.DHat[n] / f.Std + f.DVar * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("2 / N of whole numbers", ["2", "whole number", "integer", "σ²", "variance"], (f, n) => f.DHat[n] / f.Std + f.DVar * (2 / f.X.Length) * (f.X[n] - f.Mean) + f.DMean / f.N),
        Dx("x not centred", ["x − μ", "mean", "centred"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * f.X[n] / f.N + f.DMean / f.N),
        Dx("x̂ in place of x − μ", ["x − μ", "x̂"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * f.Hat[n] / f.N + f.DMean / f.N),
        Dx("dy over σ, as Knet had it", ["γ", "dx̂"], (f, n) => f.Dy[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("dx̂ not divided", ["divide", "deviation", "σ"], (f, n) => f.DHat[n] + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("γ twice", ["γ"], (f, n) => f.Gamma * (f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N)),
        Dx("a minus before the way through μ", ["sign", "minus", "μ"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N - f.DMean / f.N),
        Dx("a minus before the way through σ²", ["sign", "minus", "σ²"], (f, n) => f.DHat[n] / f.Std - f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("the last row not written", ["last row", "last value"], (f, n) => n == f.X.Length - 1 ? 0 : f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N),
        Dx("N − 1", ["n − 1"], (f, n) => f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / (f.N - 1) + f.DMean / f.N),
        Dx("the mean over the batch", ["N"], (f, n) => (f.DHat[n] / f.Std + f.DVar * 2 * (f.X[n] - f.Mean) / f.N + f.DMean / f.N) / f.N),
        Backward("dx: in place of dy", ["in place"], (dy, x, gamma, eps) =>
        {
            var right = Stages(Features(dy, x, gamma, eps));
            for (var n = 0; n < dy.GetLength(0); n++)
                for (var c = 0; c < dy.GetLength(1); c++)
                    dy[n, c] *= gamma[c];
            return right with { DXHat = dy };
        }),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Backward("columns as objects", [], (dy, x, gamma, eps) => Stages(Features(dy, x, gamma, eps))),
        Backward("dμ with the way through σ², as in the paper", [], (dy, x, gamma, eps) =>
        {
            var features = Features(dy, x, gamma, eps);
            return Stages(features) with { DMean = [.. features.Select(f => f.DMean + f.DVar * f.X.Average(v => -2 * (v - f.Mean)))] };
        }),
        Backward("rows outside", [], (dy, x, gamma, eps) =>
        {
            var (N, C) = (x.GetLength(0), x.GetLength(1));
            double[] mean = [.. Columns(x).Select(column => column.Average())];
            double[] invstd = [.. Columns(x).Select(column => 1 / Math.Sqrt(Variance(column) + eps))];
            var (dgamma, dbeta, dvar, dmean) = (new double[C], new double[C], new double[C], new double[C]);
            var xmu = Make(x, (n, c) => x[n, c] - mean[c]);
            var dxhat = Make(dy, (n, c) => gamma[c] * dy[n, c]);
            for (var n = 0; n < N; n++)
                for (var c = 0; c < C; c++)
                {
                    dbeta[c] += dy[n, c];
                    dgamma[c] += dy[n, c] * xmu[n, c] * invstd[c];
                    dvar[c] -= .5 * dxhat[n, c] * xmu[n, c] * invstd[c] * invstd[c] * invstd[c];
                    dmean[c] += dxhat[n, c] * -invstd[c];
                }
            return new(dgamma, dbeta, dxhat, dvar, dmean, Make(x, (n, c) => dxhat[n, c] * invstd[c] + (2 * dvar[c] * xmu[n, c] + dmean[c]) / N));
        }),
        Backward("dx by the short form", [], (dy, x, gamma, eps) =>
        {
            var features = Features(dy, x, gamma, eps);
            return Stages(features) with { DX = Table(features, (f, n) => f.Gamma / f.Std / f.N * (f.N * f.Dy[n] - f.Dy.Sum() - f.Hat[n] * Dot(f.Dy, f.Hat))) };
        }),
    ];

    static class BackwardShortAnswers
    {
        static Answer Short(string name, string[] words, Func<Feature, int, double> value) => new($"BackwardShort: {name}", words, () => Check.BackwardShort((dy, x, gamma, eps) => Table(Features(dy, x, gamma, eps), value)));

        public static IEnumerable<Answer> Wrong =>
        [
            Short("γ forgotten", ["γ"], (f, n) => (f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N) / f.Std),
            Short("γ twice", ["γ"], (f, n) => f.Gamma / f.Std * (f.DHat[n] - f.DHat.Average() - f.Hat[n] * Dot(f.DHat, f.Hat) / f.N)),
            Short("sums for means", ["N", "sum"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Sum() - f.Hat[n] * Dot(f.Dy, f.Hat))),
            Short("the sum of dy, not its mean", ["N", "sum", "mean"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Sum() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("the sum of dy·x̂, not its mean", ["N", "sum", "mean"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat))),
            Short("N·dy without 1/N before it", ["N"], (f, n) => f.Gamma / f.Std * (f.N * f.Dy[n] - f.Dy.Sum() - f.Hat[n] * Dot(f.Dy, f.Hat))),
            Short("no mean of dy", ["mean", "μ", "dβ"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("nothing along x̂", ["x̂", "σ²", "variance"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average())),
            Short("γ·dy/σ", ["constant"], (f, n) => f.Gamma / f.Std * f.Dy[n]),
            Short("plus the part along x̂", ["sign", "minus", "subtract"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() + f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("plus both", ["sign", "minus", "subtract"], (f, n) => f.Gamma / f.Std * (f.Dy[n] + f.Dy.Average() + f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("over σ²", ["root", "variance", "deviation"], (f, n) => f.Gamma / f.Var * (f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("not over σ", ["divide", "deviation", "σ"], (f, n) => f.Gamma * (f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("ε forgotten", ["ε"], (f, n) => new[] { f with { Eps = 0 } }.Select(g => g.Gamma / g.Std * (g.Dy[n] - g.Dy.Average() - g.Hat[n] * Dot(g.Dy, g.Hat) / g.N)).Single()),
            Short("x in place of x̂", ["x̂"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - f.X[n] * Dot(f.Dy, f.X) / f.N)),
            Short("x − μ in place of x̂", ["x̂", "deviation", "divide"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - (f.X[n] - f.Mean) * f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum() / f.N)),
            Short("dγ not times x̂", ["x̂"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - Dot(f.Dy, f.Hat) / f.N)),
            Short("n − 1 in the variance", ["n − 1"], (f, n) => new[] { f with { Eps = f.Eps + Variance(f.X) / (f.N - 1) } }.Select(g => g.Gamma / g.Std * (g.Dy[n] - g.Dy.Average() - g.Hat[n] * Dot(g.Dy, g.Hat) / g.N)).Single()),
            Short("the last row left out of the sums", ["last row", "last value", "last sample"], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.SkipLast(1).Sum() / f.N - f.Hat[n] * Dot(f.Dy.SkipLast(1), f.Hat) / f.N)),
            Short("the whole with a minus", ["sign"], (f, n) => -f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N)),
            Short("parentheses closed too early", ["parenthes", "bracket", "γ"], (f, n) => f.Gamma / f.Std * f.Dy[n] - f.Dy.Average() - f.Hat[n] * Dot(f.Dy, f.Hat) / f.N),
        ];

        public static IEnumerable<Answer> Right =>
        [
            Short("CS231n's", [], (f, n) => 1.0 / f.N * f.Gamma * Math.Pow(f.Var, -1.0 / 2) * (f.N * f.Dy[n] - f.Dy.Sum() - (f.X[n] - f.Mean) * Math.Pow(f.Var, -1.0) * f.X.Zip(f.Dy, (v, d) => d * (v - f.Mean)).Sum())),
            Short("dx̂ first", [], (f, n) => (f.DHat[n] - f.DHat.Average() - f.Hat[n] * Dot(f.DHat, f.Hat) / f.N) / f.Std),
            Short("centred gradients", [], (f, n) => f.Gamma / f.Std * (f.Dy[n] - f.Dy.Average() - f.Hat[n] * f.Hat.Zip(f.Dy, (h, d) => h * (d - f.Dy.Average())).Average())),
            Short("through the Jacobian", [], (f, n) => Enumerable.Range(0, f.X.Length).Sum(k => f.Gamma * f.Dy[k] / f.Std * ((k == n ? 1 : 0) - 1 / f.N - f.Hat[k] * f.Hat[n] / f.N))),
        ];
    }
}
