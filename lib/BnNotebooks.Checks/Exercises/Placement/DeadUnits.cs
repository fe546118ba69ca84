using Function = System.Func<double[,], int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks how many units a batch leaves dead: (the sums that go into the ReLUs, (N, C)) to the number of units that give 0 to every sample.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult DeadUnits(Function answer) => DeadUnitsExercise.Exercise.Check(answer);
}

static class DeadUnitsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "DeadUnits",
        Title = "Dead units",
        Solution = DeadUnits,
        Trials =
        [
            Trial("4 samples of 6 units", new double[,] { { -1, 2, 0, 3, -4, 1 }, { -2, -1, -1, 2, 1, -2 }, { -0.5, 1, -3, 1, -2, 2 }, { -3, 1, -2, 4, -1, 1 } }),
            Trial("3 samples of 5 units", new double[,] { { -1, 2, -2, -3, -1 }, { -2, -1, 0, -1, -4 }, { -1, 0.5, 0, -1, 1 } }),
            Trial("nobody is dead", new double[,] { { 1, -1 }, { -1, 1 } }),
        ],
        Mistakes =
        [
            new("You counted zeros among all outputs; a unit is dead only if all its outputs are 0.", sums => sums.Cast<double>().Count(v => v <= 0)),
            new("You counted samples for which every unit gives 0; asked are units, which are columns.", sums => Rows(sums).Count(row => row.All(v => v <= 0))),
            new("You counted units that give 0 to some sample. That is what a ReLU is for; dead ones give 0 to all.", sums => Columns(sums).Count(column => column.Any(v => v <= 0))),
            new("You counted the units that live.", sums => sums.GetLength(1) - DeadUnits(sums)),
            new("A sum of exactly 0 gives 0 as well: dead is a unit without a positive sum.", sums => Columns(sums).Count(column => column.All(v => v < 0))),
            new("You looked at the mean of a unit's sums. A unit with a negative mean can still answer to some sample.", sums => Columns(sums).Count(column => column.Average() <= 0)),
            new("You looked at the first sample only.", sums => Rows(sums)[0].Count(v => v <= 0)),
            new("You looked at the last sample only: the earlier ones must not be forgotten.", sums => Rows(sums)[^1].Count(v => v <= 0)),
        ],
        Hints =
        [
            "A unit is a column. What must be true of its sums if the ReLU gives 0 to all of them?",
            "None of them is positive. Assume that the unit is dead, and let any positive sum say otherwise.",
        ],
    };

    static Trial<Function> Trial(string name, double[,] sums) => new(name, (f, given) => [Part.Of("dead units", f(given.Copy("sums", sums)))]);

    // solution of DeadUnits
    static int DeadUnits(double[,] sums)
    {
        var count = 0;
        for (var c = 0; c < sums.GetLength(1); c++)
        {
            var dead = true;
            for (var n = 0; n < sums.GetLength(0); n++)
                dead = dead && sums[n, c] <= 0;
            count += dead ? 1 : 0;
        }
        return count;
    }
    // end

    static double[][] Rows(double[,] table) => [.. Enumerable.Range(0, table.GetLength(0)).Select(n => Enumerable.Range(0, table.GetLength(1)).Select(c => table[n, c]).ToArray())];

    static double[][] Columns(double[,] table) => [.. Enumerable.Range(0, table.GetLength(1)).Select(c => Enumerable.Range(0, table.GetLength(0)).Select(n => table[n, c]).ToArray())];
}
