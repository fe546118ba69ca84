using Function = System.Func<double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the slope of the sigmoid at z: s(1 − s) with s = 1/(1 + e^−z).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult SigmoidSlope(Function answer) => SigmoidSlopeExercise.Exercise.Check(answer);
}

static class SigmoidSlopeExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "SigmoidSlope",
        Title = "The sigmoid's slope",
        Solution = SigmoidSlope,
        Trials = [Trial(0), Trial(0.6), Trial(-2.5)],
        Mistakes =
        [
            new("That is the sigmoid itself; asked is its slope.", Sigmoid),
            new("You put z into s·(1 − s). s is what the sigmoid gives for z, not z.", z => z * (1 - z)),
            new("The denominator's square is missing: the derivative of 1/u is −u′/u².", z => Math.Exp(-z) / (1 + Math.Exp(-z))),
            new("The sign is wrong: a sigmoid rises everywhere.", z => -Sigmoid(z) * (1 - Sigmoid(z))),
            new("That is tanh's slope, 1 − tanh². The sigmoid has a quarter of it, at half the argument.", z => 1 - Math.Tanh(z) * Math.Tanh(z)),
            new("That is 1 − s²; the sigmoid's slope is s − s².", z => 1 - Sigmoid(z) * Sigmoid(z)),
            new("You took the sigmoid twice: s already is the sigmoid's value.", z => Sigmoid(Sigmoid(z)) * (1 - Sigmoid(Sigmoid(z)))),
        ],
        Hints =
        [
            "Differentiate s = 1/(1 + e^−z) by the rule for 1/u, with u = 1 + e^−z.",
            "That is e^−z/(1 + e^−z)². Can you write e^−z/(1 + e^−z) by s?",
            "It is 1 − s, so the slope is s·(1 − s).",
        ],
    };

    static Trial<Function> Trial(double z) => new($"z = {z.ToString(System.Globalization.CultureInfo.InvariantCulture)}", (f, _) => [Part.Of("slope", f(z))]);

    // solution of SigmoidSlope
    static double SigmoidSlope(double z)
    {
        var s = 1 / (1 + Math.Exp(-z));
        return s * (1 - s);
    }
    // end

    static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
