using Function = System.Func<double[,], double[,], (double[,] Train, double[,] Test)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the normalization of inputs without leakage: (training rows (N, C), test rows (M, C)) to both, by the columns' means and
    /// deviations over the training rows.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult StandardizeByTraining(Function answer) => StandardizeByTrainingExercise.Exercise.Check(answer);
}

static class StandardizeByTrainingExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "StandardizeByTraining",
        Title = "Inputs normalized by the training part",
        Solution = StandardizeByTraining,
        Trials =
        [
            Trial("6 and 4 rows of 3 columns", Numbers.Table(351, 6, 3), Numbers.Table(352, 4, 3)),
            Trial("5 rows and 1 of 2 columns", Numbers.Table(353, 5, 2), Numbers.Table(354, 1, 2)),
        ],
        Mistakes = Slips.Of<Function>(Typical, has => (train, test) => Wrong(train, test, has)),
        Hints =
        [
            "Nothing that is computed from a test row may enter: the statistics are finished before the test part is touched.",
            "For each column: μ and σ over the N training rows, σ² = Σ(x − μ)²/N.",
            "Then (x − μ)/σ for the training rows, and the same μ and σ again for the test rows.",
        ],
    };

    static Trial<Function> Trial(string name, double[,] train, double[,] test) => new(name, (f, given) =>
    {
        var (trainOut, testOut) = f(given.Copy("train", train), given.Copy("test", test));
        return [Part.Of("training part", trainOut), Part.Of("test part", testOut)];
    })
    { Factors = [("N", train.GetLength(0))] };

    // solution of StandardizeByTraining
    static (double[,] Train, double[,] Test) StandardizeByTraining(
        double[,] train, double[,] test)
    {
        var (N, M, C) = (train.GetLength(0), test.GetLength(0), train.GetLength(1));
        var (trainOut, testOut) = (new double[N, C], new double[M, C]);
        for (var c = 0; c < C; c++)
        {
            double mean = 0, variance = 0;
            for (var n = 0; n < N; n++)
                mean += train[n, c] / N;
            for (var n = 0; n < N; n++)
                variance += (train[n, c] - mean) * (train[n, c] - mean) / N;
            for (var n = 0; n < N; n++)
                trainOut[n, c] = (train[n, c] - mean) / Math.Sqrt(variance);
            for (var n = 0; n < M; n++)
                testOut[n, c] = (test[n, c] - mean) / Math.Sqrt(variance);
        }
        return (trainOut, testOut);
    }
    // end

    const string
        AllRows = "Leakage: you took the statistics over training and test rows together. The test part must not have a say in them.",
        TestOwn = "You normalized the test part by its own statistics. New rows come one by one: they get those of the training part.",
        TestAsItIs = "The test part stays as it was. The model has learned from normalized rows, so it needs such rows.",
        WholeTable = "You took one mean and deviation for the whole table; each column needs its own.",
        Unbiased = "You divided the variance by n − 1; here it is n, as in batch norm.",
        NoRoot = "You divided by the variance; it is the deviation, its root.",
        NotCentred = "You did not subtract the mean.",
        NotScaled = "You subtracted the mean and did not divide by the deviation.",
        Rows = "You took the statistics along rows: that normalizes each tumour by itself. A column has the same unit from top to bottom, a row has not.";

    static string[] Typical => [AllRows, TestOwn, TestAsItIs, WholeTable, Unbiased, NoRoot, NotCentred, NotScaled, Rows];

    static (double[,] Train, double[,] Test) Wrong(double[,] train, double[,] test, Func<string, bool> has)
    {
        double[,] Part(double[,] part, double[,] statistics)
        {
            var result = new double[part.GetLength(0), part.GetLength(1)];
            for (var n = 0; n < result.GetLength(0); n++)
                for (var c = 0; c < result.GetLength(1); c++)
                {
                    double[] values = has(WholeTable) ? [.. statistics.Cast<double>()] : has(Rows) ? Row(part, n)
                        : has(AllRows) ? [.. Column(train, c), .. Column(test, c)] : Column(statistics, c);
                    var mean = values.Average();
                    var variance = values.Sum(v => (v - mean) * (v - mean)) / (has(Unbiased) ? values.Length - 1 : values.Length);
                    result[n, c] = (part[n, c] - (has(NotCentred) ? 0 : mean)) / (has(NotScaled) ? 1 : has(NoRoot) ? variance : Math.Sqrt(variance));
                }
            return result;
        }
        return (Part(train, train), has(TestAsItIs) ? (double[,])test.Clone() : Part(test, has(TestOwn) ? test : train));
    }

    static double[] Column(double[,] table, int c) => [.. Enumerable.Range(0, table.GetLength(0)).Select(n => table[n, c])];

    static double[] Row(double[,] table, int n) => [.. Enumerable.Range(0, table.GetLength(1)).Select(c => table[n, c])];
}
