using Function = System.Func<double, double, double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a running mean after some batches that all have the same mean, without a loop: (its start, the batches' mean, momentum, how
    /// many batches) to its value.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult AverageAfter(Function answer) => AverageAfterExercise.Exercise.Check(answer);
}

static class AverageAfterExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "AverageAfter",
        Title = "A running mean on its way",
        Solution = AverageAfter,
        Trials = [Trial("from 0 to 5, momentum 0.1, 12 batches", 0, 5, 0.1, 12), Trial("from 1 to −3, momentum 0.3, 4 batches", 1, -3, 0.3, 4), Trial("before the first batch", 2, 5, 0.1, 0)],
        Mistakes =
        [
            new("You have momentum the other way round: a batch leaves 1 − momentum of the old average.", (start, mean, momentum, batches) => mean + (start - mean) * Math.Pow(momentum, batches)),
            new("The start is missing: (1 − momentum)^n of it is left.", (_, mean, momentum, batches) => mean * (1 - Math.Pow(1 - momentum, batches))),
            new("Start and mean changed places: the more batches, the nearer it is to the batches' mean.", (start, mean, momentum, batches) => start + (mean - start) * Math.Pow(1 - momentum, batches)),
            new("The average does not go the same distance with each batch, but the same share of the way that is left.", (start, mean, momentum, batches) => start + (mean - start) * momentum * batches),
            new("One batch too few.", (start, mean, momentum, batches) => mean + (start - mean) * Math.Pow(1 - momentum, batches - 1)),
            new("One batch too many.", (start, mean, momentum, batches) => mean + (start - mean) * Math.Pow(1 - momentum, batches + 1)),
            new("The shares do not add up to 1: the mean's is 1 − (1 − momentum)^n.", (start, mean, momentum, batches) => mean + start * Math.Pow(1 - momentum, batches)),
            new("That is the distance from the mean that is left; add it to the mean.", (start, mean, momentum, batches) => (start - mean) * Math.Pow(1 - momentum, batches)),
            new("The sign of the distance is turned: it comes from the start's side.", (start, mean, momentum, batches) => mean - (start - mean) * Math.Pow(1 - momentum, batches)),
            new("(1 − momentum)·n is not (1 − momentum)^n.", (start, mean, momentum, batches) => mean + (start - mean) * (1 - momentum) * batches),
            new("That is after one batch; with each further one, 1 − momentum of what is left of the start stays: (1 − momentum)^n.", (start, mean, momentum, _) => (1 - momentum) * start + momentum * mean),
        ],
        Hints =
        [
            "Look at the distance between the average and the batches' mean. What does one batch do to it?",
            "It leaves 1 − momentum of the distance. So after n batches (1 − momentum)^n of it is left.",
            "The average is the mean plus what is left of the distance, (start − mean)·(1 − momentum)^n.",
        ],
    };

    static Trial<Function> Trial(string name, double start, double mean, double momentum, int batches) =>
        new(name, (f, _) => [Part.Of("average", f(start, mean, momentum, batches))]);

    // solution of AverageAfter
    static double AverageAfter(double start, double mean, double momentum, int batches) =>
        mean + (start - mean) * Math.Pow(1 - momentum, batches);
    // end
}
