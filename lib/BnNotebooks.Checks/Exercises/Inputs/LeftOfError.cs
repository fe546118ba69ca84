using Function = System.Func<double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what a step of gradient descent leaves of the distance from a bowl's lowest point, in the direction that is served worst: (the
    /// flattest curvature, the steepest, learning rate) to max |1 − rate·λ|.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult LeftOfError(Function answer) => LeftOfErrorExercise.Exercise.Check(answer);
}

static class LeftOfErrorExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LeftOfError",
        Title = "What a step leaves of the error",
        Solution = LeftOfError,
        Trials =
        [
            Trial("a small rate", 0.4, 10, 0.05),
            Trial("the best rate", 3, 5, 0.25),
            Trial("a rate that overshoots the steep direction", 2, 7, 0.26),
            Trial("a rate that overshoots both and diverges", 2, 3, 0.9),
        ],
        Mistakes =
        [
            new("That is the flat direction alone. With a large rate it is the steep one that is served worst.", (flat, _, rate) => Math.Abs(1 - rate * flat)),
            new("That is the steep direction alone. With a small rate it is the flat one that is served worst.", (_, steep, rate) => Math.Abs(1 - rate * steep)),
            new("You took the smaller of the two: asked is the direction that is served worst.", (flat, steep, rate) => Math.Min(Math.Abs(1 - rate * flat), Math.Abs(1 - rate * steep))),
            new("The amounts are missing: a factor of −1.4 leaves more than one of 0.8. It jumps to the other wall, and further up.", (flat, steep, rate) => Math.Max(1 - rate * flat, 1 - rate * steep)),
            new("(κ − 1)/(κ + 1) is what the best rate leaves. Asked is what the given rate leaves.", (flat, steep, _) => (steep - flat) / (steep + flat)),
            new("You multiplied the two: they belong to different directions.", (flat, steep, rate) => Math.Abs((1 - rate * flat) * (1 - rate * steep))),
            new("You averaged the two: after many steps only the worse one counts.", (flat, steep, rate) => (Math.Abs(1 - rate * flat) + Math.Abs(1 - rate * steep)) / 2),
            new("The sign is wrong: a step goes downhill, so it is 1 − rate·λ.", (_, steep, rate) => 1 + rate * steep),
            new("That is how far the steep direction moves, rate·λ. Asked is what is left, |1 − rate·λ|.", (_, steep, rate) => rate * steep),
            new("You took the mean curvature; each direction has its own.", (flat, steep, rate) => Math.Abs(1 - rate * (flat + steep) / 2)),
        ],
        Hints =
        [
            "In a direction of curvature λ the slope at distance d from the lowest point is λ·d. Where does a step lead from there?",
            "From d to d − rate·λ·d = (1 − rate·λ)·d. That may be on the other side: take the amount.",
            "The larger of |1 − rate·flat| and |1 − rate·steep|.",
        ],
    };

    static Trial<Function> Trial(string name, double flat, double steep, double rate) => new(name, (f, _) => [Part.Of("left", f(flat, steep, rate))]);

    // solution of LeftOfError
    static double LeftOfError(double flat, double steep, double rate) =>
        Math.Max(Math.Abs(1 - rate * flat), Math.Abs(1 - rate * steep));
    // end
}
