using Function = System.Func<int[], (int Learned, int Tracked)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how many numbers the batch norms of a perceptron hold: (its widths from inputs to outputs) to those that are learned and those
    /// that are tracked; one batch norm behind each hidden layer, counters of batches left out.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult NumbersOfBatchNorms(Function answer) => NumbersOfBatchNormsExercise.Exercise.Check(answer);
}

static class NumbersOfBatchNormsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "NumbersOfBatchNorms",
        Title = "The numbers in the batch norms",
        Solution = NumbersOfBatchNorms,
        Trials = [Trial([30, 16, 8, 4, 2]), Trial([64, 100, 10]), Trial([12, 7, 5, 3])],
        Mistakes =
        [
            new("You gave the outputs a batch norm, too; only hidden layers have one here.", widths => Twice(widths[1..])),
            new("You gave the inputs a batch norm, too; only hidden layers have one here.", widths => Twice(widths[..^1])),
            new("You counted inputs and outputs as well; only hidden layers have a batch norm here.", Twice),
            new("γ and β are vectors, as are the averages: each has a number for every unit, not one for the layer.", widths => (2 * (widths.Length - 2), 2 * (widths.Length - 2))),
            new("Tracked is one number for every unit in your answer; it is two, a mean and a variance.", widths => (2 * Hidden(widths), Hidden(widths))),
            new("A unit has two learned numbers, γ and β, and two tracked ones, mean and variance: you counted one of each.", widths => (Hidden(widths), Hidden(widths))),
            new("The tracked numbers are missing: a mean and a variance for every unit.", widths => (2 * Hidden(widths), 0)),
            new("You called all four learned. The moving averages get no gradient: they are tracked.", widths => (4 * Hidden(widths), 0)),
            new("You counted the counter of batches as well; it is left out here.", widths => (2 * Hidden(widths), 2 * Hidden(widths) + widths.Length - 2)),
            new("Those are the weights and biases of the linear layers; asked are the batch norms' numbers.", widths => (Linear(widths), Linear(widths))),
        ],
        Hints =
        [
            "Which entries of widths are hidden layers? The first are the inputs, the last the outputs.",
            "A batch norm of C units has four vectors of length C: two are learned, two are tracked.",
            "Sum 2·C over widths[1] to widths[^2], once for each of the two answers.",
        ],
    };

    static Trial<Function> Trial(int[] widths) => new($"widths {string.Join(", ", widths)}", (f, given) =>
    {
        var (learned, tracked) = f(given.Copy("widths", widths));
        return [Part.Of("learned", learned), Part.Of("tracked", tracked)];
    });

    // solution of NumbersOfBatchNorms
    static (int Learned, int Tracked) NumbersOfBatchNorms(int[] widths)
    {
        var units = 0;
        for (var layer = 1; layer < widths.Length - 1; layer++)
            units += widths[layer];
        return (2 * units, 2 * units);
    }
    // end

    static int Hidden(int[] widths) => widths[1..^1].Sum();

    static (int Learned, int Tracked) Twice(int[] widths) => (2 * widths.Sum(), 2 * widths.Sum());

    static int Linear(int[] widths) => widths.Zip(widths[1..], (inputs, outputs) => (inputs + 1) * outputs).Sum();
}
