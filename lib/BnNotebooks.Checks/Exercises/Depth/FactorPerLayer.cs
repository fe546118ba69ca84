using Function = System.Func<double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks by what factor a signal changes from layer to layer: (its size at each layer) to the mean factor, (last/first)^(1/(L − 1)).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult FactorPerLayer(Function answer) => FactorPerLayerExercise.Exercise.Check(answer);
}

static class FactorPerLayerExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "FactorPerLayer",
        Title = "The factor of a layer",
        Solution = FactorPerLayer,
        Trials = [Trial("a signal that fades", [0.8, 0.35, 0.11, 0.05, 0.018]), Trial("a signal that grows", [0.5, 0.8, 1.3]), Trial("two layers", [3, 2])],
        Mistakes =
        [
            new("L values have L − 1 steps between them: take the (L − 1)-th root.", signal => Math.Pow(signal[^1] / signal[0], 1.0 / signal.Length)),
            new("Upside down: the last over the first, so that a signal that fades has a factor below 1.", signal => 1 / FactorPerLayer(signal)),
            new("You averaged the ratios; factors multiply, so take the root of their product (or average logarithms).", signal => signal.Zip(signal[1..], (a, b) => b / a).Average()),
            new("That is the factor over all layers together; asked is that of one.", signal => signal[^1] / signal[0]),
            new("You divided by the number of steps; factors multiply, so take the root.", signal => signal[^1] / signal[0] / (signal.Length - 1)),
            new("That is the mean logarithm; take it back by Math.Exp.", signal => Math.Log(signal[^1] / signal[0]) / (signal.Length - 1)),
            new("That is the mean difference of neighbours; asked is a factor.", signal => (signal[^1] - signal[0]) / (signal.Length - 1)),
            new("1/(L − 1) of whole numbers is a whole number in C#, 0 or 1. Write 1.0.", signal => Math.Pow(signal[^1] / signal[0], 1 / (signal.Length - 1))),
            new("You took the square root whatever the number of layers; it is the (L − 1)-th.", signal => Math.Sqrt(signal[^1] / signal[0])),
            new("That is the last step alone; asked is the mean over all.", signal => signal[^1] / signal[^2]),
            new("That is the first step alone; asked is the mean over all.", signal => signal[1] / signal[0]),
        ],
        Hints =
        [
            "If every layer multiplied by the same f: what would the last value be, starting from the first?",
            "first · f^(number of steps) = last. How many steps lie between L values?",
            "f = (last/first)^(1/(L − 1)).",
        ],
    };

    static Trial<Function> Trial(string name, double[] signal) => new(name, (f, given) => [Part.Of("factor", f(given.Copy("signal", signal)))]);

    // solution of FactorPerLayer
    static double FactorPerLayer(double[] signal) =>
        Math.Pow(signal[^1] / signal[0], 1.0 / (signal.Length - 1));
    // end
}
