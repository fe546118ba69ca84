using Function = System.Func<int, int, bool, bool>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks whether a training round has a batch of a single sample: (samples, batch size, whether a last batch that is not full is
    /// dropped) to yes or no.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult HasBatchOfOne(Function answer) => HasBatchOfOneExercise.Exercise.Check(answer);
}

static class HasBatchOfOneExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "HasBatchOfOne",
        Title = "Is there a batch of one?",
        Solution = HasBatchOfOne,
        Trials =
        [
            Trial(1000, 37, false), Trial(1000, 37, true), Trial(1000, 36, false), Trial(1036, 37, false), Trial(38, 37, false), Trial(45, 37, false), Trial(45, 37, true),
            Trial(37, 37, false), Trial(1, 8, false), Trial(1, 8, true), Trial(50, 1, false), Trial(50, 1, true), Trial(2, 8, false),
        ],
        Mistakes =
        [
            new("dropLast is not used: it drops the last batch if that is not full.", (samples, batch, _) => batch == 1 || samples % batch == 1),
            new("dropLast is the other way round: with it there is no such batch at the end.", (samples, batch, dropLast) => batch == 1 || (samples % batch == 1 && dropLast)),
            new("With a batch size of 1 nothing is left over, and yet every batch is of one sample.", (samples, batch, dropLast) => samples % batch == 1 && !dropLast),
            new("With a batch size of 1 each batch is full, so dropLast drops none of them.", (samples, batch, dropLast) => !dropLast && (batch == 1 || samples % batch == 1)),
            new("With a batch size of 1 nothing is left over, and yet every batch is of one sample; and dropLast is not used.", (samples, batch, _) => samples % batch == 1),
            new("Any remainder counts for you; only a remainder of 1 is a single sample.", (samples, batch, dropLast) => batch == 1 || (samples % batch != 0 && !dropLast)),
            new("A remainder of 0 means that the last batch is full; you need a remainder of 1.", (samples, batch, dropLast) => batch == 1 || (samples % batch == 0 && !dropLast)),
            new("/ gives the number of full batches; what is left over is the remainder, %.", (samples, batch, dropLast) => batch == 1 || (samples / batch == 1 && !dropLast)),
            new("The two changed places: samples % batch.", (samples, batch, dropLast) => batch == 1 || (batch % samples == 1 && !dropLast)),
            new("Not only a data set of one sample leaves one over.", (samples, batch, dropLast) => batch == 1 || (samples == 1 && !dropLast)),
        ],
        Hints =
        [
            "How many samples are left over when as many full batches as possible are taken? There is an operator for it.",
            "One is left over if samples % batch == 1. Then it depends on dropLast.",
            "And where every batch is full, can a batch still be of one sample? Try a batch size of 1.",
        ],
    };

    static Trial<Function> Trial(int samples, int batch, bool dropLast) => new(
        $"{samples} samples, batches of {batch}{(dropLast ? ", dropLast" : "")}", (f, _) => [Part.Of("a batch of one", f(samples, batch, dropLast))]);

    // solution of HasBatchOfOne
    static bool HasBatchOfOne(int samples, int batch, bool dropLast)
    {
        if (batch == 1)
            return true; // every batch is full, and of one sample
        return samples % batch == 1 && !dropLast;
    }
    // end
}
