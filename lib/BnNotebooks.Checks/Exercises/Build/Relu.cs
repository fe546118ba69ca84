using Function = System.Func<double[,], double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the rectifier max(x, 0): (N, C) to (N, C).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Relu(Function answer) => ReluExercise.Exercise.Check(answer);
}

static class ReluExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Relu",
        Title = "ReLU, forward",
        Solution = Relu,
        Trials = [Trial("a 4 × 3 table", seed: 71, 4, 3), Trial("a 2 × 5 table", seed: 72, 2, 5)],
        Mistakes =
        [
            new("You took the absolute value; what is negative becomes 0.", Each(Math.Abs)),
            new("You kept what is negative and cut what is positive: it is max(x, 0).", Each(v => Math.Min(v, 0))),
            new("You let a hundredth of the negative side through (leaky ReLU); here it becomes 0.", Each(v => v > 0 ? v : 0.01 * v)),
            new("You cut at 1 as well; ReLU has no upper limit.", Each(v => Math.Clamp(v, 0, 1))),
            new("You cut at 6 as well (ReLU6); ReLU has no upper limit.", Each(v => Math.Clamp(v, 0, 6))),
            new("This is 1 where x is positive: ReLU's slope, not its value.", Each(v => v > 0 ? 1 : 0)),
            new("You cut at 1 in place of 0: max(x, 1).", Each(v => Math.Max(v, 1))),
            new("You cut what is below 1; ReLU cuts what is below 0.", Each(v => v > 1 ? v : 0)),
            new("This is softplus, the smooth log(1 + exp(x)); ReLU is max(x, 0).", Each(v => Math.Log(1 + Math.Exp(v)))),
            new("This is the sigmoid, 1/(1 + exp(−x)); ReLU is max(x, 0).", Each(v => 1 / (1 + Math.Exp(-v)))),
            new("You subtracted: the positive values stay as they are.", Each(v => Math.Max(v - 1, 0))),
        ],
        Hints = ["Each value by itself, into a new array: what is positive stays, what is negative becomes 0.", "y[n, c] = Math.Max(x[n, c], 0)."],
    };

    static Trial<Function> Trial(string name, int seed, int n, int c)
    {
        var x = Numbers.Table(seed, n, c);
        x[0, 0] = -1.5; // so that every trial has both signs, and something above 6
        x[1, 1] = 7.25;
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x)))]);
    }

    // solution of Relu
    static double[,] Relu(double[,] x)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                y[n, c] = Math.Max(x[n, c], 0);
        return y;
    }
    // end

    static Function Each(Func<double, double> of) => x =>
    {
        var y = (double[,])x.Clone();
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                y[n, c] = of(x[n, c]);
        return y;
    };
}
