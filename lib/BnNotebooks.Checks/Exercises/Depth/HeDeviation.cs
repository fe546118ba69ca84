using Function = System.Func<int, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the deviation of a layer's first weights for ReLUs: (inputs, outputs) to √(2/inputs). He and others 2015, equation 10.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult HeDeviation(Function answer) => HeDeviationExercise.Exercise.Check(answer);
}

static class HeDeviationExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "HeDeviation",
        Title = "He's first weights",
        Solution = HeDeviation,
        Trials = [Trial(64, 100), Trial(100, 30), Trial(1, 5)],
        Mistakes =
        [
            new("2/inputs of two whole numbers is a whole number in C#, mostly 0. Write 2.0.", (inputs, _) => Math.Sqrt(2 / inputs)),
            new("That is the variance; asked is the deviation, its root.", (inputs, _) => 2.0 / inputs),
            new("That keeps the variance through a linear layer; the ReLU lets half of the mean square through, so it takes twice the variance.", (inputs, _) => Math.Sqrt(1.0 / inputs)),
            new("You took the outputs. On the way forward a unit sums over its inputs.", (_, outputs) => Math.Sqrt(2.0 / outputs)),
            new("That is Xavier's, √(2/(inputs + outputs)), made for units with slope 1.", (inputs, outputs) => Math.Sqrt(2.0 / (inputs + outputs))),
            new("That is the deviation of PyTorch's default, 1/√(3 · inputs): its variance is a sixth of He's.", (inputs, _) => Math.Sqrt(1.0 / (3 * inputs))),
            new("That is the limit of the uniform distribution with He's deviation; asked is the deviation.", (inputs, _) => Math.Sqrt(6.0 / inputs)),
            new("The root belongs around the 2 as well: √(2/inputs).", (inputs, _) => 2 / Math.Sqrt(inputs)),
        ],
        Hints =
        [
            "A unit's sum over n inputs has a variance of n · (variance of a weight) · (mean square of an input).",
            "A ReLU passes the positive half, so the mean square of its output is half the variance of its sum. For a factor of 1 the weights have to make up for that half.",
            "So inputs · variance / 2 = 1. Solve for the variance and take the root.",
        ],
    };

    static Trial<Function> Trial(int inputs, int outputs) => new($"{inputs} inputs and {outputs} outputs", (f, _) => [Part.Of("deviation", f(inputs, outputs))]);

    // solution of HeDeviation
    static double HeDeviation(int inputs, int outputs) => Math.Sqrt(2.0 / inputs);
    // end
}
