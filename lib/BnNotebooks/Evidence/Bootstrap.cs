namespace BnNotebooks.Evidence;

/// <summary>
/// The difference of two accuracies with an interval over seeds and over test samples: both are drawn again and again, with
/// replacement (Efron 1979), and the spread of the differences is the standard error. Seeds alone would give an interval for
/// these very samples.
/// </summary>
static class Bootstrap
{
    const int Draws = 2000; // the standard error is then known to about 2 %

    /// <param name="right">For each seed and test sample whether it was right on one side.</param>
    /// <param name="other">The same for the other, of equal seeds and samples.</param>
    public static Estimate Difference(bool[][] right, bool[][] other)
    {
        if (right.Length != other.Length || right.Length < 2 || right.Concat(other).Any(run => run.Length != right[0].Length))
            throw new ArgumentException("Expected as many seeds (at least 2) and test samples on one side as on the other.", nameof(other));
        int seeds = right.Length, samples = right[0].Length;
        sbyte[][] differences = [.. right.Zip(other, (mine, its) => mine.Zip(its, (a, b) => (sbyte)((a ? 1 : 0) - (b ? 1 : 0))).ToArray())];
        double Mean(Func<int, int> seed, int[] weights)
        {
            long sum = 0;
            for (var s = 0; s < seeds; s++)
            {
                var run = differences[seed(s)];
                for (var i = 0; i < samples; i++)
                    sum += weights[i] * run[i];
            }
            return sum / ((double)seeds * samples);
        }

        var random = new Random(1); // the same interval for the same results
        var ones = Enumerable.Repeat(1, samples).ToArray();
        var drawn = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var weights = new int[samples];
            for (var i = 0; i < samples; i++)
                weights[random.Next(samples)]++;
            drawn[draw] = Mean(_ => random.Next(seeds), weights);
        }
        var center = drawn.Average();
        var error = Math.Sqrt(drawn.Sum(value => (value - center) * (value - center)) / (Draws - 1));
        return Estimate.Of(Mean(s => s, ones), error, seeds, seeds - 1);
    }
}
