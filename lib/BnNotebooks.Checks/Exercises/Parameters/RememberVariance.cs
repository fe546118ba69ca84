using Function = System.Func<double, double, int, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what a layer remembers of a batch's variance: (the old average, the batch's biased variance, the batch size m, momentum) to
    /// the new average, into which the unbiased variance goes.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RememberVariance(Function answer) => RememberVarianceExercise.Exercise.Check(answer);
}

static class RememberVarianceExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RememberVariance",
        Title = "The variance that is remembered",
        Solution = RememberVariance,
        Trials = [Trial("a new layer and a batch of 4", 1, 9, 4, 0.1), Trial("a batch of 2, momentum 0.3", 2.5, 0.8, 2, 0.3), Trial("a batch of 32", 6, 5, 32, 0.01)],
        Mistakes = Slips.Of<Function>(Typical, has => (old, biased, m, momentum) => Wrong(old, biased, m, momentum, has)),
        Hints =
        [
            "Two steps: from the biased variance to the unbiased one, then a share of it into the average.",
            "The biased one divides the sum of squares by m, the unbiased by m − 1. What must the first be multiplied by?",
            "By m/(m − 1), and not in whole numbers. Then (1 − momentum)·old + momentum·unbiased.",
        ],
    };

    static Trial<Function> Trial(string name, double old, double biased, int m, double momentum) =>
        new(name, (f, _) => [Part.Of("variance", f(old, biased, m, momentum))]);

    // solution of RememberVariance
    static double RememberVariance(double old, double biased, int m, double momentum)
    {
        var unbiased = biased * m / (m - 1);
        return (1 - momentum) * old + momentum * unbiased;
    }
    // end

    const string
        Biased = "You put the biased variance into the average; PyTorch takes the unbiased one.",
        WholeNumbers = "m/(m − 1) was computed in whole numbers, where 4/3 is 1: write biased * m / (m − 1), or a cast.",
        Inverse = "The factor is upside down: the unbiased variance is the larger one, m/(m − 1) times the biased.",
        Keras = "You have momentum the other way round, as Keras: here it is the share of the new.",
        Everything = "You multiplied the old average by m/(m − 1) as well: it has been unbiased before.",
        Deviation = "You averaged the deviation; it is the variance that is remembered.",
        Replaced = "The batch replaces the average: the old one keeps a share of 1 − momentum.",
        Added = "You added the batch's share without taking momentum of the old average away.",
        OldForgotten = "The old average is missing: it keeps a share of 1 − momentum.";

    static string[] Typical => [Biased, WholeNumbers, Inverse, Keras, Everything, Deviation, Replaced, Added, OldForgotten];

    static double Wrong(double old, double biased, int m, double momentum, Func<string, bool> has)
    {
        var factor = has(Biased) ? 1 : has(Inverse) ? (m - 1.0) / m : has(WholeNumbers) ? m / (m - 1) : m / (m - 1.0);
        var batch = has(Deviation) ? Math.Sqrt(biased * factor) : biased * factor;
        var (kept, share) = has(Keras) ? (momentum, 1 - momentum) : (1 - momentum, momentum);
        (kept, share) = has(Replaced) ? (0, 1) : (has(Added) ? 1 : has(OldForgotten) ? 0 : kept, share);
        return kept * old * (has(Everything) ? factor : 1) + share * batch;
    }
}
