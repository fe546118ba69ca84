using Function = System.Func<double[,], double[,], double, double[], (double[,] DX, double DAlpha, double[] DGamma)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the gradients of dynamic tanh y = γ·tanh(αx) + β: (∂ℓ/∂y (N, C), x (N, C), α, γ (C)) to ∂ℓ/∂x (N, C), ∂ℓ/∂α and ∂ℓ/∂γ (C). Zhu and
    /// others 2025, equation 4.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult DyTBackward(Function answer) => DyTBackwardExercise.Exercise.Check(answer);
}

static class DyTBackwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "DyTBackward",
        Title = "Dynamic tanh, backward",
        Solution = DyTBackward,
        Trials = [Trial("4 tokens of 3 channels, α = 0.5", 1921, 4, 3, 0.5), Trial("2 tokens of 5 channels, α = 1.3", 1922, 2, 5, 1.3)],
        Mistakes = Slips.Of<Function>(
            [NoAlpha, NoGamma, NoSlope, NotSquared, Plus, Sigmoid, AlphaForgotten, AlphaNoX, AlphaMean, AlphaTimesAlpha, AlphaNoGamma, GammaByX, GammaMean, GammaNoAlpha],
            has => (dy, x, alpha, gamma) => Wrong(dy, x, alpha, gamma, has)),
        Hints =
        [
            "The slope of tanh at z is 1 − tanh²(z). Let t = tanh(αx).",
            "y = γ·tanh(αx) + β. By the chain rule, x moves z = αx by α, and α moves it by x.",
            "dx = dy·γ·(1 − t²)·α, in each entry. There is one α for all entries, so dα is the sum of dy·γ·(1 − t²)·x over all; dγ is the sum of dy·t over a column.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c, double alpha)
    {
        var (x, dy, gamma) = (Numbers.Table(seed, n, c), Numbers.Table(seed + 100, n, c), Numbers.Positive(seed + 200, c));
        return new(name, (f, given) =>
        {
            var (dx, dAlpha, dGamma) = f(given.Copy("dy", dy), given.Copy("x", x), alpha, given.Copy("gamma", gamma));
            return [Part.Of("dx", dx), Part.Of("dα", dAlpha), Part.Of("dγ", dGamma)];
        })
        { Factors = [("N", n), ("C", c)] };
    }

    // solution of DyTBackward
    static (double[,] DX, double DAlpha, double[] DGamma) DyTBackward(
        double[,] dy, double[,] x, double alpha, double[] gamma)
    {
        var (N, C) = (x.GetLength(0), x.GetLength(1));
        var (dx, dAlpha, dGamma) = (new double[N, C], 0.0, new double[C]);
        for (var n = 0; n < N; n++)
            for (var c = 0; c < C; c++)
            {
                var t = Math.Tanh(alpha * x[n, c]);
                var dz = dy[n, c] * gamma[c] * (1 - t * t); // of z = αx
                dx[n, c] = dz * alpha;
                dAlpha += dz * x[n, c];
                dGamma[c] += dy[n, c] * t;
            }
        return (dx, dAlpha, dGamma);
    }
    // end

    const string
        NoAlpha = "dx lacks the factor α: it is αx that goes into the tanh.",
        NoGamma = "γ is forgotten: it multiplies the tanh, and so the gradient that comes back.",
        NoSlope = "The slope of the tanh is missing: 1 − tanh²(αx).",
        NotSquared = "The slope of the tanh is 1 − tanh²; the square is missing.",
        Plus = "The slope of the tanh is 1 − tanh², with a minus.",
        Sigmoid = "t·(1 − t) is the slope of the sigmoid; that of the tanh is 1 − t².",
        AlphaForgotten = "You took tanh(x) in the slope; it is tanh(αx), as in the forward pass.",
        AlphaNoX = "dα lacks the factor x: α moves αx by x.",
        AlphaMean = "dα is a sum over all entries, not a mean: α acts on every one of them.",
        AlphaTimesAlpha = "dα has a factor α too many: the derivative of αx by α is x.",
        AlphaNoGamma = "dα lacks γ: what comes back goes through γ before it reaches the tanh.",
        GammaByX = "You summed dy·x; γ multiplies tanh(αx).",
        GammaMean = "dγ is a sum over the tokens, not a mean.",
        GammaNoAlpha = "You summed dy·tanh(x); γ multiplies tanh(αx).";

    static (double[,] DX, double DAlpha, double[] DGamma) Wrong(double[,] dy, double[,] x, double alpha, double[] gamma, Func<string, bool> has)
    {
        var (rows, columns) = (x.GetLength(0), x.GetLength(1));
        var (dx, dAlpha, dGamma) = (new double[rows, columns], 0.0, new double[columns]);
        for (var n = 0; n < rows; n++)
            for (var c = 0; c < columns; c++)
            {
                var t = Math.Tanh((has(AlphaForgotten) ? 1 : alpha) * x[n, c]);
                var slope = has(NoSlope) ? 1 : has(NotSquared) ? 1 - t : has(Plus) ? 1 + t * t : has(Sigmoid) ? t * (1 - t) : 1 - t * t;
                var before = dy[n, c] * slope;
                dx[n, c] = before * (has(NoGamma) ? 1 : gamma[c]) * (has(NoAlpha) ? 1 : alpha);
                dAlpha += before * (has(AlphaNoGamma) ? 1 : gamma[c]) * (has(AlphaNoX) ? 1 : x[n, c])
                    * (has(AlphaTimesAlpha) ? alpha : 1) / (has(AlphaMean) ? rows * columns : 1);
                dGamma[c] += dy[n, c] * (has(GammaByX) ? x[n, c] : Math.Tanh((has(GammaNoAlpha) ? 1 : alpha) * x[n, c])) / (has(GammaMean) ? rows : 1);
            }
        return (dx, dAlpha, dGamma);
    }
}
