using Function = System.Func<int[], int[], int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the accuracy in which every class counts alike: (true classes, predicted classes, number of classes) to the mean of the classes' recalls.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BalancedAccuracy(Function answer) => BalancedAccuracyExercise.Exercise.Check(answer);
}

static class BalancedAccuracyExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BalancedAccuracy",
        Title = "Accuracy, every class alike",
        Solution = BalancedAccuracy,
        Trials =
        [
            new("nine well, one ill, all called well", (f, given) => Accuracy(f, given, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], new int[10], 2)),
            new("three classes of 2, 3 and 5", (f, given) => Accuracy(f, given, [0, 0, 1, 1, 1, 2, 2, 2, 2, 2], [0, 1, 1, 1, 2, 2, 2, 2, 0, 0], 3)),
        ],
        Mistakes =
        [
            new("That is the plain accuracy: the common class decides it. Take the share that is right in each class, then their mean.",
                (truth, called, _) => truth.Zip(called, (t, p) => t == p ? 1.0 : 0).Average()),
            new("You divided by how often a class was predicted (precision); divide by how often it is true (recall).",
                (truth, called, classes) => Mean(classes, k => Share(Both(truth, called, k), called.Count(p => p == k)))),
            new("You added the classes' shares; divide by the number of classes.",
                (truth, called, classes) => classes * Mean(classes, k => Share(Both(truth, called, k), truth.Count(t => t == k)))),
            new("That is the share of the last class alone; every class counts.",
                (truth, called, classes) => Share(Both(truth, called, classes - 1), truth.Count(t => t == classes - 1))),
            new("That is the share of the first class alone; every class counts.", (truth, called, _) => Share(Both(truth, called, 0), truth.Count(t => t == 0))),
            new("That is the worst class; the mean of all classes is asked for.",
                (truth, called, classes) => Enumerable.Range(0, classes).Min(k => Share(Both(truth, called, k), truth.Count(t => t == k)))),
            new("You divided each class's right answers by all samples; divide by the samples of that class.",
                (truth, called, classes) => Mean(classes, k => (double)Both(truth, called, k) / truth.Length)),
            new("A whole number divided by a whole number drops the rest: make one of them a double.",
                (truth, called, classes) => Mean(classes, k => Both(truth, called, k) / truth.Count(t => t == k))),
        ],
        Hints =
        [
            "For each class count two things: how many samples it has, and how many of those were called by its name.",
            "Their quotient is the class's recall. Of the recalls take the mean over the classes, not over the samples.",
        ],
    };

    static Part[] Accuracy(Function f, Given given, int[] truth, int[] called, int classes) =>
        [Part.Of("accuracy", f(given.Copy("truth", truth), given.Copy("predicted", called), classes))];

    static int Both(int[] truth, int[] called, int k) => truth.Zip(called).Count(pair => pair.First == k && pair.Second == k);

    static double Share(int count, int of) => of == 0 ? 0 : (double)count / of;

    static double Mean(int classes, Func<int, double> of) => Enumerable.Range(0, classes).Average(of);

    // solution of BalancedAccuracy
    static double BalancedAccuracy(int[] truth, int[] predicted, int classes)
    {
        var sum = 0.0;
        for (var k = 0; k < classes; k++)
        {
            double right = 0, all = 0;
            for (var i = 0; i < truth.Length; i++)
                if (truth[i] == k)
                {
                    all++;
                    if (predicted[i] == k)
                        right++;
                }
            sum += right / all;
        }
        return sum / classes;
    }
    // end
}
