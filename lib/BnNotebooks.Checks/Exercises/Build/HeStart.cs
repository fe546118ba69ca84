using Function = System.Func<int, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the deviation of a weight at the start, for ReLU: (inputs, outputs) to σ. He et al. 2015, equation 10.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult HeStart(Function answer) => HeStartExercise.Exercise.Check(answer);
}

static class HeStartExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "HeStart",
        Title = "How large weights start",
        Solution = HeStart,
        Trials = [Trial(64, 32), Trial(32, 10), Trial(7, 50), Trial(3, 3)],
        Mistakes =
        [
            new("You took the outputs; what a unit sums up are its inputs.", (_, outputs) => Math.Sqrt(2.0 / outputs)),
            new("This is Xavier's start, √(2/(in + out)); for ReLU He takes √(2/in).", (inputs, outputs) => Math.Sqrt(2.0 / (inputs + outputs))),
            new("√(1/in) keeps the variance without ReLU; ReLU takes half of the square away, so it is √(2/in).", (inputs, _) => Math.Sqrt(1.0 / inputs)),
            new("This is the variance, 2/in; asked is the deviation, its root.", (inputs, _) => 2.0 / inputs),
            new("√(6/in) is the bound of a uniform distribution with that variance; asked is the deviation, √(2/in).", (inputs, _) => Math.Sqrt(6.0 / inputs)),
            new("The root goes over all of it: √(2/in), not 2/√in.", (inputs, _) => 2 / Math.Sqrt(inputs)),
            new("The root goes over all of it: √(2/in), not √2/in.", (inputs, _) => Math.Sqrt(2) / inputs),
            new("It is upside down: more inputs need smaller weights, √(2/in).", (inputs, _) => Math.Sqrt(inputs / 2.0)),
            new("2 / inputs divides whole numbers, which cuts what is after the point: write 2.0.", (inputs, _) => Math.Sqrt(2 / inputs)),
            new("It depends on the layer: no single number does for all of them.", (_, _) => 0.01),
        ],
        Hints =
        [
            "A unit sums up its inputs' products with the weights. With variance v of the weights, the variance of the sum is inputs · v · (mean of x²).",
            "ReLU makes half of the values 0, so the mean of x² is half of the variance that came in. What v keeps it the same? Give its root.",
        ],
    };

    static Trial<Function> Trial(int inputs, int outputs) => new($"{inputs} inputs and {outputs} outputs", (f, _) => [Part.Of("deviation", f(inputs, outputs))]);

    // solution of HeStart
    static double HeStart(int inputs, int outputs) => Math.Sqrt(2.0 / inputs);
    // end
}
