using Function = System.Func<double, double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how a start of 0 is taken out of a moving average: (the average, momentum, how many batches it saw) to the average over the
    /// batches alone. Kingma and Ba 2015, section 3, do so in Adam.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Debias(Function answer) => DebiasExercise.Exercise.Check(answer);
}

static class DebiasExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Debias",
        Title = "The start taken out",
        Solution = Debias,
        Trials = [Trial("one batch", 0.5, 0.1, 1), Trial("7 batches, momentum 0.01", 0.34, 0.01, 7), Trial("3 batches, momentum 0.4", -2, 0.4, 3)],
        Mistakes =
        [
            new("You divided by 1 − momentum^n, as in Adam, where β is the share of the old. Here momentum is that of the new.", (average, momentum, batches) => average / (1 - Math.Pow(momentum, batches))),
            new("You divided by (1 − momentum)^n, which is the start's share. The batches' share is the rest.", (average, momentum, batches) => average / Math.Pow(1 - momentum, batches)),
            new("You multiplied by the batches' share; the average is too small by that share, so divide.", (average, momentum, batches) => average * (1 - Math.Pow(1 - momentum, batches))),
            new("You divided by momentum alone, which is right after the first batch only.", (average, momentum, _) => average / momentum),
            new("You subtracted the start's share from the average. The start is 0: what it takes away is a share of the sum of weights.", (average, momentum, batches) => average - Math.Pow(1 - momentum, batches)),
            new("One batch too many: after the first, the batches' share is momentum.", (average, momentum, batches) => average / (1 - Math.Pow(1 - momentum, batches + 1))),
            new("The shares of batches do not add up to n · momentum; the older ones fade.", (average, momentum, batches) => average / (momentum * batches)),
            new("That is the average as it came in.", (average, _, _) => average),
            new("That is the batches' share; divide the average by it.", (_, momentum, batches) => 1 - Math.Pow(1 - momentum, batches)),
        ],
        Hints =
        [
            "After n batches the start has a share of (1 − momentum)^n in the average. What share do all batches together have?",
            "1 − (1 − momentum)^n. As the start is 0, the average is that share times the batches' own weighted mean.",
        ],
    };

    static Trial<Function> Trial(string name, double average, double momentum, int batches) => new(name, (f, _) => [Part.Of("average", f(average, momentum, batches))]);

    // solution of Debias
    static double Debias(double average, double momentum, int batches) =>
        average / (1 - Math.Pow(1 - momentum, batches));
    // end
}
