using Function = System.Func<double, int, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the plain average that PyTorch keeps with momentum = None: (average so far, batches in it, the new batch's value) to the new
    /// average.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult CumulativeMean(Function answer) => CumulativeMeanExercise.Exercise.Check(answer);
}

static class CumulativeMeanExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "CumulativeMean",
        Title = "A plain average of all batches so far",
        Solution = CumulativeMean,
        Trials = [Trial("the first batch", 0, 0, 3.5), Trial("the second batch", 3.5, 1, 1), Trial("the eleventh batch", 2.25, 10, 7), Trial("the 300th batch", -1, 299, 4)],
        Mistakes =
        [
            new("The new batch has to be counted, too: it is one of seen + 1.", (average, seen, batch) => seen == 0 ? batch : average + (batch - average) / seen),
            new("That is momentum 0.1; a plain average gives every batch the same share.", (average, _, batch) => 0.9 * average + 0.1 * batch),
            new("You took half of each: the batches before this one count as many times as there were.", (average, _, batch) => (average + batch) / 2),
            new("The average stands for all batches before: it counts seen times.", (average, seen, batch) => (average + batch) / (seen + 1)),
            new("The two shares changed places: the new batch has 1/(seen + 1).", (average, seen, batch) => average / (seen + 1) + batch * seen / (seen + 1)),
            new("1 / (seen + 1) is a whole-number division and gives 0: write 1.0 / (seen + 1).", (average, seen, batch) => average + 1 / (seen + 1) * (batch - average)),
            new("You added the batch's share without taking as much from the old average.", (average, seen, batch) => average + batch / (seen + 1)),
            new("That is the sum of all batches; divide it by their number.", (average, seen, batch) => average * seen + batch),
            new("You went away from the batch: the difference is batch − average.", (average, seen, batch) => average - (batch - average) / (seen + 1)),
        ],
        Hints = ["What is the sum of all batches before this one, given their average and their number?", "The new average is (average·seen + batch)/(seen + 1).", "Or: average + (batch − average)/(seen + 1): a momentum of 1/(seen + 1)."],
    };

    static Trial<Function> Trial(string name, double average, int seen, double batch) => new(name, (f, _) => [Part.Of("average", f(average, seen, batch))]);

    // solution of CumulativeMean
    static double CumulativeMean(double average, int seen, double batch)
    {
        return average + (batch - average) / (seen + 1);
    }
    // end
}
