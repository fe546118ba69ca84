using Function = System.Func<double[,], double[,], double[], double, BnNotebooks.Checks.BackwardStages>;

namespace BnNotebooks.Checks;

/// <summary>Mistakes of one stage of batch norm's backward pass that need no company: each formula as somebody wrote it.</summary>
static class BackwardStageMistakes
{
    /// <summary>A column, and the right stages before the one that is wrong.</summary>
    sealed record Column(double[] X, double[] Dy, double Gamma, double Eps)
    {
        public int N => X.Length;

        public double Mean { get; } = X.Average();

        public double Inside { get; } = X.Average(v => (v - X.Average()) * (v - X.Average())) + Eps; // of the root

        public double Sigma => Math.Sqrt(Inside);

        /// <summary>Σ dx̂·(x − μ).</summary>
        public double Along => Gamma * X.Zip(Dy, (v, d) => d * (v - Mean)).Sum();

        public double DVar => -0.5 * Along / (Inside * Sigma);

        public double DMean => -Gamma * Dy.Sum() / Sigma;

        public double ThroughVariance(int n) => DVar * 2 * (X[n] - Mean) / N;
    }

    public static Mistake<Function>[] All { get; } =
    [
        DGamma("dγ has a γ too many: y = γ·x̂ + β, so it is Σ dy·x̂.", c => c.Along / c.Sigma),
        DGamma("You divided by the variance; x̂ divides by the deviation, its root.", c => c.Along / c.Gamma / c.Inside),
        DGamma("You added ε to the deviation; the forward pass adds it to the variance: √(σ² + ε).", c => c.Along / c.Gamma / (Math.Sqrt(c.Inside - c.Eps) + c.Eps)),
        DGamma("This is dβ; dγ is Σ dy·x̂.", c => c.Dy.Sum()),
        DGamma("You multiplied two sums; it is the sum of the products, Σ dy·x̂.", c => c.Dy.Sum() * c.X.Sum()),
        DGamma("You multiplied two sums; it is the sum of the products, Σ dy·x̂.", c => c.Dy.Sum() * c.X.Sum(v => (v - c.Mean) / c.Sigma)),
        DBeta("This is dγ; dβ is Σ dy, for β is only added.", c => c.Along / c.Gamma / c.Sigma),
        DBeta("You divided by the deviation; β is added after everything: dβ = Σ dy.", c => c.Dy.Sum() / c.Sigma),
        DHat("You divided by the deviation already; that is the next step: dx̂ = dy·γ.", (c, n) => c.Dy[n] * c.Gamma / c.Sigma),
        DVar("The power is wrong: (σ² + ε)^(−3/2), which is 1/σ³. You took σ^(−3/2).", c => -0.5 * c.Along * Math.Pow(c.Sigma, -1.5)),
        DVar("The power is wrong: (σ² + ε)^(−3/2), which is 1/σ³. You took (σ²)^(−3).", c => -0.5 * c.Along * Math.Pow(c.Inside, -3)),
        DVar("The power is wrong: it is −3/2, and you took −1. (−3 / 2 is a division of whole numbers, and −1: write −1.5.)", c => -0.5 * c.Along / c.Inside),
        DVar("The power is wrong: it is −3/2, and you took −2. (Or x̂ in place of x − μ: that divides by the deviation once too often.)", c => -0.5 * c.Along / (c.Inside * c.Inside)),
        DVar("This is the derivative by the deviation, dσ; the stage wants dσ², by the variance.", c => c.DVar * 2 * c.Sigma),
        DMean("You divided by the variance; ∂x̂/∂μ = −1/√(σ² + ε).", c => c.DMean / c.Sigma),
        DMean("∂σ²/∂μ is −2·Σ(x − μ)/N, which is 0; you took x without subtracting the mean.", c => c.DMean - 2 * c.DVar * c.Mean),
        DMean("∂σ²/∂μ is −2·Σ(x − μ)/N, which is 0; you took x without subtracting the mean.", c => c.DMean - 2 * c.DVar * c.Mean * c.N),
        Dx("You took x̂ in place of x − μ in the way through σ².", (c, n) => c.Gamma * c.Dy[n] / c.Sigma + c.ThroughVariance(n) / c.Sigma + c.DMean / c.N),
        Dx("γ is forgotten in the direct way: it is dx̂/√(σ² + ε), not dy/√(σ² + ε).", (c, n) => c.Dy[n] / c.Sigma + c.ThroughVariance(n) + c.DMean / c.N),
        Dx("The direct way is not divided by the deviation: it is dx̂/√(σ² + ε).", (c, n) => c.Gamma * c.Dy[n] + c.ThroughVariance(n) + c.DMean / c.N),
        Dx("The direct way is divided by the variance; it is dx̂/√(σ² + ε).", (c, n) => c.Gamma * c.Dy[n] / c.Inside + c.ThroughVariance(n) + c.DMean / c.N),
        Dx("You took n − 1 in ∂σ²/∂x; the forward pass divides by n: 2(x − μ)/N.", (c, n) => c.Gamma * c.Dy[n] / c.Sigma + c.ThroughVariance(n) * c.N / (c.N - 1) + c.DMean / c.N),
    ];

    static Mistake<Function> DGamma(string name, Func<Column, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DGamma = Each(dy, x, gamma, eps, of) });

    static Mistake<Function> DBeta(string name, Func<Column, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DBeta = Each(dy, x, gamma, eps, of) });

    static Mistake<Function> DVar(string name, Func<Column, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DVar = Each(dy, x, gamma, eps, of) });

    static Mistake<Function> DMean(string name, Func<Column, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DMean = Each(dy, x, gamma, eps, of) });

    static Mistake<Function> DHat(string name, Func<Column, int, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DXHat = Table(dy, x, gamma, eps, of) });

    static Mistake<Function> Dx(string name, Func<Column, int, double> of) => new(name, (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { DX = Table(dy, x, gamma, eps, of) });

    static BackwardStages Right(double[,] dy, double[,] x, double[] gamma, double eps) => BackwardExercise.Exercise.Solution(dy, x, gamma, eps);

    static Column[] Columns(double[,] dy, double[,] x, double[] gamma, double eps)
    {
        double[] Of(double[,] table, int c) => [.. Enumerable.Range(0, table.GetLength(0)).Select(n => table[n, c])];
        return [.. gamma.Select((g, c) => new Column(Of(x, c), Of(dy, c), g, eps))];
    }

    static double[] Each(double[,] dy, double[,] x, double[] gamma, double eps, Func<Column, double> of) => [.. Columns(dy, x, gamma, eps).Select(of)];

    static double[,] Table(double[,] dy, double[,] x, double[] gamma, double eps, Func<Column, int, double> of)
    {
        var table = new double[x.GetLength(0), x.GetLength(1)];
        foreach (var (c, column) in Columns(dy, x, gamma, eps).Index())
            for (var n = 0; n < column.N; n++)
                table[n, c] = of(column, n);
        return table;
    }
}
