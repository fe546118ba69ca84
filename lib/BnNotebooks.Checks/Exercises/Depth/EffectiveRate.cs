using Function = System.Func<double, double[,], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the effective learning rate of weights before a batch norm: (learning rate, W) to η/‖W‖². van Laarhoven 2017; Hoffer and
    /// others 2018.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult EffectiveRate(Function answer) => EffectiveRateExercise.Exercise.Check(answer);
}

static class EffectiveRateExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "EffectiveRate",
        Title = "The effective learning rate",
        Solution = EffectiveRate,
        Trials = [Trial("2 × 3 weights, rate 0.1", 0.1, Numbers.Table(371, 2, 3)), Trial("4 × 2 weights, rate 0.5", 0.5, Numbers.Table(372, 4, 2))],
        Mistakes =
        [
            new("The square is missing: the gradient shrinks with ‖W‖, and the same step turns a longer W by less. Both together are ‖W‖².", (rate, w) => rate / Math.Sqrt(Squares(w))),
            new("You multiplied by ‖W‖²: larger weights learn more slowly, so it is divided.", (rate, w) => rate * Squares(w)),
            new("You multiplied by ‖W‖: larger weights learn more slowly, and by the square.", (rate, w) => rate * Math.Sqrt(Squares(w))),
            new("You took the mean of the squares; ‖W‖² is their sum.", (rate, w) => rate / (Squares(w) / w.Length)),
            new("You summed absolute values; ‖W‖² is the sum of squares.", (rate, w) => rate / w.Cast<double>().Sum(Math.Abs)),
            new("You squared the sum; ‖W‖² is the sum of squares.", (rate, w) => rate / Math.Pow(w.Cast<double>().Sum(), 2)),
            new("You squared twice: ‖W‖² is the sum of squares, not its square.", (rate, w) => rate / Math.Pow(Squares(w), 2)),
            new("That is the learning rate as it came in: the size of the weights is left out.", (rate, _) => rate),
            new("The learning rate is missing: that is 1/‖W‖².", (_, w) => 1 / Squares(w)),
            new("You took the variance of the weights; ‖W‖² is the sum of their squares, around zero.", (rate, w) => rate / w.Cast<double>().Average(v => Math.Pow(v - w.Cast<double>().Average(), 2))),
        ],
        Hints =
        [
            "c times the weights: how large is the gradient then, and by what angle does a step of that size turn W?",
            "The gradient is 1/c of what it was, and W is c times as long: the angle is 1/c² of what it was.",
            "η/‖W‖², where ‖W‖² is the sum of the squares of all weights.",
        ],
    };

    static Trial<Function> Trial(string name, double rate, double[,] weights) =>
        new(name, (f, given) => [Part.Of("effective rate", f(rate, given.Copy("weights", weights)))]);

    // solution of EffectiveRate
    static double EffectiveRate(double rate, double[,] weights)
    {
        double squares = 0;
        foreach (var weight in weights)
            squares += weight * weight;
        return rate / squares;
    }
    // end

    static double Squares(double[,] weights) => weights.Cast<double>().Sum(v => v * v);
}
