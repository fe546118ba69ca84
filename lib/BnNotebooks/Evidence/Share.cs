namespace BnNotebooks.Evidence;

/// <summary>Which share of a gain something explains.</summary>
static class Share
{
    const int Draws = 1000;

    /// <summary>
    /// How far a side has come on the way from one to another in accuracy, (here − from) / (to − from), with an interval over seeds
    /// and test samples by the percentiles of a bootstrap (Efron 1979). What all three have in common by chance cancels out.
    /// </summary>
    /// <param name="from">For each seed and test sample whether it was right where the share is 0.</param>
    /// <param name="to">The same where it is 1.</param>
    /// <param name="here">The same of the side in question.</param>
    /// <returns>NaN where the way is not clearly longer or shorter than 0: there is nothing to have a share of.</returns>
    public static Estimate Of(bool[][] from, bool[][] to, bool[][] here)
    {
        var whole = Bootstrap.Difference(to, from);
        if (!whole.Above && !whole.Below)
            return new Estimate(double.NaN, double.NaN, double.NaN, 0, 1, from.Length);
        if (here.Length != from.Length || here.Any(run => run.Length != from[0].Length))
            throw new ArgumentException("Expected as many seeds and test samples on all three sides.", nameof(here));
        int seeds = from.Length, samples = from[0].Length;
        double Drawn(int[] seed, int[] weight)
        {
            // In 1/(seeds · samples): the denominators cancel out.
            long way = 0, gone = 0;
            foreach (var s in seed)
                for (var i = 0; i < samples; i++)
                {
                    var start = from[s][i] ? weight[i] : 0;
                    way += (to[s][i] ? weight[i] : 0) - start;
                    gone += (here[s][i] ? weight[i] : 0) - start;
                }
            return (double)gone / way;
        }

        var random = new Random(1); // the same interval for the same results
        var drawn = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var weight = new int[samples];
            for (var i = 0; i < samples; i++)
                weight[random.Next(samples)]++;
            drawn[draw] = Drawn([.. Enumerable.Range(0, seeds).Select(_ => random.Next(seeds))], weight);
        }
        var value = Drawn([.. Enumerable.Range(0, seeds)], [.. Enumerable.Repeat(1, samples)]);
        var beyond = drawn.Count(share => value > 0 ? share <= 0 : share >= 0);
        return new Estimate(value, Quantiles.Of(drawn, 0.025), Quantiles.Of(drawn, 0.975), 0, Math.Min(1, 2 * (beyond + 1.0) / (Draws + 1)), seeds);
    }
}
