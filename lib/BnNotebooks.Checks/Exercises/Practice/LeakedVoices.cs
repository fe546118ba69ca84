using Function = System.Func<int[], int[], int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how many test clips are spoken by a voice that was heard in training: (the voice of each training clip, the voice of each test
    /// clip) to their number.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult LeakedVoices(Function answer) => LeakedVoicesExercise.Exercise.Check(answer);
}

static class LeakedVoicesExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LeakedVoices",
        Title = "Whether the test part is fair",
        Solution = LeakedVoices,
        Trials =
        [
            Trial("three voices, one on both sides", [1, 1, 2, 2, 2], [2, 3, 3, 2]),
            Trial("no voice on both sides", [1, 2, 3], [4, 4, 5]),
            Trial("clips dealt out one by one", [1, 2, 3, 4, 5, 1, 1], [5, 1, 4, 4, 6, 2, 1, 1]),
        ],
        Mistakes =
        [
            new("You counted the voices that are on both sides; asked are the test clips.", (train, test) => train.Intersect(test).Count()),
            new("You counted the training clips of such voices; asked are the test clips.", (train, test) => train.Count(test.Contains)),
            new("You counted pairs of clips; each test clip counts once, however often its voice was heard.", (train, test) => test.Sum(voice => train.Count(other => other == voice))),
            new("You counted the clips of new voices; asked are those of voices that were heard in training.", (train, test) => test.Count(voice => !train.Contains(voice))),
            new("You compared the clips at the same place of the two lists; a voice may stand anywhere in the other.", (train, test) => train.Zip(test, (a, b) => a == b ? 1 : 0).Sum()),
            new("You counted the clips of both sides; asked are the test clips.", (train, test) => train.Count(test.Contains) + test.Count(train.Contains)),
            new("You counted all test clips; those of new voices are fair.", (_, test) => test.Length),
            new("You counted the new voices; asked are the clips of voices that were heard in training.", (train, test) => test.Except(train).Count()),
        ],
        Hints = ["For one test clip: does its voice occur anywhere in the training part?", "Count the test clips for which it does. A clip counts once, however often the voice was heard."],
    };

    static Trial<Function> Trial(string name, int[] train, int[] test) =>
        new(name, (f, given) => [Part.Of("clips", f(given.Copy("train", train), given.Copy("test", test)))]);

    // solution of LeakedVoices
    static int LeakedVoices(int[] train, int[] test)
    {
        var leaked = 0;
        foreach (var voice in test)
            if (Array.IndexOf(train, voice) >= 0)
                leaked++;
        return leaked;
    }
    // end
}
