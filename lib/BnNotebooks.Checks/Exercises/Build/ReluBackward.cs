using Function = System.Func<double[,], double[,], double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the rectifier's backward pass: (∂ℓ/∂y (N, C), x (N, C)) to ∂ℓ/∂x (N, C).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ReluBackward(Function answer) => ReluBackwardExercise.Exercise.Check(answer);
}

static class ReluBackwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ReluBackward",
        Title = "ReLU, backward",
        Solution = ReluBackward,
        Trials = [Trial("a 4 × 3 table", seed: 75, 4, 3), Trial("a 2 × 5 table", seed: 76, 2, 5)],
        Mistakes =
        [
            new("You let everything through: where x was negative, y is 0 whatever x does.", Each((dy, _) => dy)),
            new("You applied ReLU to dy; it is the sign of x, the input of the forward pass, that counts.", Each((dy, _) => Math.Max(dy, 0))),
            new("You cut dy by its own sign and x's, too; gradients may be negative.", Each((dy, x) => x > 0 ? Math.Max(dy, 0) : 0)),
            new("The condition is the wrong way round: what passes is where x is positive.", Each((dy, x) => x < 0 ? dy : 0)),
            new("This is the slope alone, 1 or 0; the chain rule multiplies it by dy.", Each((_, x) => x > 0 ? 1 : 0)),
            new("You multiplied by x; the slope where x is positive is 1.", Each((dy, x) => x > 0 ? dy * x : 0)),
            new("You let a hundredth of the negative side through (leaky ReLU); here it is 0.", Each((dy, x) => x > 0 ? dy : 0.01 * dy)),
            new("You turned the sign where x was negative, as for |x|; there it is 0.", Each((dy, x) => x > 0 ? dy : -dy)),
            new("This is ReLU of x, the forward pass; it is dy that passes, where x is positive.", Each((_, x) => Math.Max(x, 0))),
            new("You took the place from dy and the values from x: it is dy that passes, where x is positive.", Each((dy, x) => dy > 0 ? x : 0)),
        ],
        Hints = ["Where x was positive, y = x: what is the slope there? And where x was negative?", "dx[n, c] is dy[n, c] where x[n, c] > 0, and 0 elsewhere."],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c)
    {
        var (x, dy) = (Numbers.Table(seed, n, c), Numbers.Table(seed + 10, n, c));
        (x[0, 0], x[1, 1], dy[0, 0], dy[1, 1]) = (-1.5, 2.25, 0.75, -0.5); // every trial has both signs of both
        return new(name, (f, given) => [Part.Of("dx", f(given.Copy("dy", dy), given.Copy("x", x)))]);
    }

    // solution of ReluBackward
    static double[,] ReluBackward(double[,] dy, double[,] x)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1)];
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                dx[n, c] = x[n, c] > 0 ? dy[n, c] : 0;
        return dx;
    }
    // end

    static Function Each(Func<double, double, double> of) => (dy, x) =>
    {
        var dx = (double[,])x.Clone();
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                dx[n, c] = of(dy[n, c], x[n, c]);
        return dx;
    };
}
