using Function = System.Func<double, double, int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how long a moving average remembers its start: (momentum, share) to the number of batches until at most that share of the
    /// start is left.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BatchesUntil(Function answer) => BatchesUntilExercise.Exercise.Check(answer);
}

static class BatchesUntilExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BatchesUntil",
        Title = "Until the start is forgotten",
        Solution = BatchesUntil,
        Trials = [Trial("momentum 0.1, until 2 % are left", 0.1, 0.02), Trial("momentum 0.01, until 5 % are left", 0.01, 0.05), Trial("momentum 0.3, until 1 % is left", 0.3, 0.01)],
        Mistakes =
        [
            new("One batch too few: then a little more than the share is left. Round up.", (momentum, share) => BatchesUntil(momentum, share) - 1),
            new("One batch too many.", (momentum, share) => BatchesUntil(momentum, share) + 1),
            new("You have momentum the other way round: a batch leaves 1 − momentum of the old average.", (momentum, share) => Count(momentum, share)),
            new("You waited until that share is data; asked is until only that share of the start is left.", (momentum, share) => Count(1 - momentum, 1 - share)),
            new("The share that is left does not fall by the same amount with each batch, but by the same factor.", (momentum, share) => (int)Math.Ceiling((1 - share) / momentum)),
            new("That is 1/momentum, when about a third is left; the share is not in it.", (momentum, _) => (int)Math.Ceiling(1 / momentum)),
            new("ln(share)/momentum is the rule of thumb for small momentum; the exact base is 1 − momentum.", (momentum, share) => (int)Math.Ceiling(-Math.Log(share) / momentum)),
            new("You multiplied the share with every batch, from 1 on, by momentum and by 1 − momentum at once.", (momentum, share) => Count(momentum * (1 - momentum), share)),
        ],
        Hints =
        [
            "What share of the start does one batch leave? And the next one, of that?",
            "(1 − momentum)^n. Multiply in a loop and count, until the share is small enough.",
            "Or solve (1 − momentum)^n ≤ share: n ≥ log(share)/log(1 − momentum), rounded up.",
        ],
    };

    static Trial<Function> Trial(string name, double momentum, double share) => new(name, (f, _) => [Part.Of("batches", f(momentum, share))]);

    // solution of BatchesUntil
    static int BatchesUntil(double momentum, double share)
    {
        var batches = 0;
        for (var left = 1.0; left > share; left *= 1 - momentum)
            batches++;
        return batches;
    }
    // end

    static int Count(double factor, double share) => (int)Math.Ceiling(Math.Log(share) / Math.Log(factor));
}
