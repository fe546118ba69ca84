using Function = System.Func<double[,], double[], double, double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks RMS norm: (x (N, C), γ (C), ε) to y (N, C). Zhang and Sennrich 2019, equation 4, with PyTorch's ε.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RmsNorm(Function answer) => RmsNormExercise.Exercise.Check(answer);
}

static class RmsNormExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RmsNorm",
        Title = "RMS norm",
        Solution = RmsNorm,
        Trials = [Trial("3 samples of 4 features", seed: 171, 3, 4, eps: 1e-5), Trial("5 samples of 3 features, a large ε", seed: 172, 5, 3, eps: 0.5)],
        Mistakes = Slips.Of<Function>([Centred, CentredBelow, NoRoot, NoDivision, OnRoot, NoEps, Columns, Whole, NoGamma, Absolute, RootOfEach, GammaPerSample], has => (x, gamma, eps) => Wrong(x, gamma, eps, has)),
        Hints = ["No mean is subtracted anywhere: for each row the mean of x², and its root.", "y[n, c] = gamma[c] * x[n, c] / √(Σ x²/C + ε), the sum along row n."],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, double eps)
    {
        var (x, gamma) = (Numbers.Table(seed, n, c), Numbers.Positive(seed + 10, c));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("gamma", gamma), eps))]) { Factors = [("C", c), ("N", n)] };
    }

    // solution of RmsNorm
    static double[,] RmsNorm(double[,] x, double[] gamma, double eps)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var y = new double[N, C];
        for (var n = 0; n < N; n++)
        {
            var squares = 0.0;
            for (var c = 0; c < C; c++)
                squares += x[n, c] * x[n, c] / C;
            for (var c = 0; c < C; c++)
                y[n, c] = gamma[c] * x[n, c] / Math.Sqrt(squares + eps);
        }
        return y;
    }
    // end

    const string
        Centred = "You subtracted the mean (layer norm); RMS norm leaves it.",
        CentredBelow = "You divided by the deviation around the mean; RMS norm takes the mean of x² itself.",
        NoRoot = "You divided by the mean square; it is its root.",
        NoDivision = "You divided by the length, √Σx²; it is the root of the mean: √(Σx²/C + ε).",
        OnRoot = "You added ε to the root; it belongs to the mean square: √(Σx²/C + ε).",
        NoEps = "ε is missing: √(Σx²/C + ε).",
        Columns = "You went down the columns; RMS norm goes along a row, the sample's own features.",
        Whole = "You took the mean square of the whole table; each sample has its own.",
        NoGamma = "γ is missing.",
        Absolute = "You divided by the mean of |x|; it is the root of the mean of x².",
        RootOfEach = "You took the square of the mean; it is the mean of the squares.",
        GammaPerSample = "γ is taken by sample; it belongs to the features: gamma[c], not gamma[n].";

    static double[,] Wrong(double[,] x, double[] gamma, double eps, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var y = new double[rows, columns];
        for (var n = 0; n < rows; n++)
            for (var c = 0; c < columns; c++)
            {
                double[] values = has(Whole) ? [.. x.Cast<double>()]
                    : has(Columns) ? [.. Enumerable.Range(0, rows).Select(i => x[i, c])]
                    : [.. Enumerable.Range(0, columns).Select(j => x[n, j])];
                var mean = values.Average();
                var around = has(Centred) || has(CentredBelow) ? mean : 0;
                var square = has(Absolute) ? Math.Pow(values.Average(Math.Abs), 2) : has(RootOfEach) ? mean * mean
                    : values.Sum(value => (value - around) * (value - around)) / (has(NoDivision) ? 1 : values.Length);
                var inside = square + (has(NoEps) || has(OnRoot) ? 0 : eps);
                var root = (has(NoRoot) ? inside : Math.Sqrt(inside)) + (has(OnRoot) ? eps : 0);
                y[n, c] = (has(NoGamma) ? 1 : gamma[has(GammaPerSample) ? n : c]) * (x[n, c] - (has(Centred) ? mean : 0)) / root;
            }
        return y;
    }
}
