using Function = System.Func<double, double, int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks how many values a batch's mean needs so that its noise σ/√m is at most a given one: (σ, noise) to the smallest m.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult SamplesFor(Function answer) => SamplesForExercise.Exercise.Check(answer);
}

static class SamplesForExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "SamplesFor",
        Title = "How many samples for so little noise",
        Solution = SamplesFor,
        Trials = [Trial(1, 0.125), Trial(3, 0.9), Trial(1, 0.6), Trial(0.5, 0.011), Trial(2, 5)],
        Mistakes =
        [
            new("The noise falls with the root of m: half the noise needs four times the values, so (σ/noise)².", (sigma, noise) => (int)Math.Ceiling(sigma / noise)),
            new("You cut off; a mean of fewer values is noisier than allowed, so round up.", (sigma, noise) => (int)(sigma * sigma / (noise * noise))),
            new("You rounded to the nearest number; where that is down, the noise is larger than allowed. Round up.", (sigma, noise) => (int)Math.Round(sigma * sigma / (noise * noise))),
            new("σ has to be squared, too: m = (σ/noise)².", (sigma, noise) => (int)Math.Ceiling(sigma / (noise * noise))),
            new("The noise has to be squared, too: m = (σ/noise)².", (sigma, noise) => (int)Math.Ceiling(sigma * sigma / noise)),
            new("σ is missing: values that spread more need more of them.", (_, noise) => (int)Math.Ceiling(1 / (noise * noise))),
            new("That is the root of the ratio; solve σ/√m = noise for m.", (sigma, noise) => (int)Math.Ceiling(Math.Sqrt(sigma / noise))),
            new("You added one; where the quotient is a whole number, that many are enough.", (sigma, noise) => (int)(sigma * sigma / (noise * noise)) + 1),
        ],
        Hints = ["Solve σ/√m = noise for m.", "m = (σ/noise)², and a batch has a whole number of samples: Math.Ceiling, and (int) in front of it."],
    };

    // The first is a whole number of exact arithmetic, so that rounding up is rounding up in any order of operations.
    static Trial<Function> Trial(double sigma, double noise) => new(FormattableString.Invariant($"σ = {sigma}, a noise of {noise}"), (f, _) => [Part.Of("m", f(sigma, noise))]);

    // solution of SamplesFor
    static int SamplesFor(double sigma, double noise)
    {
        return (int)Math.Ceiling(sigma * sigma / (noise * noise)); // from σ/√m ≤ noise
    }
    // end
}
