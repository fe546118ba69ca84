namespace BnNotebooks.Evidence;

/// <summary>Looks for the start and the learning rate with the best score, and lets the grid of rates grow until the best is inside.</summary>
static class RateSearch
{
    internal const double Failed = double.NegativeInfinity;
    internal const int MostRates = 14; // from a sensible first guess that is more than three powers of ten either way

    /// <summary>The best of all.</summary>
    /// <param name="starts">The names of the starts to choose from.</param>
    /// <param name="rates">The rates to begin with.</param>
    /// <param name="scores">The score of each rate with a start, <see cref="Failed"/> where a run failed; the larger the better.</param>
    public static Choice Best(IReadOnlyList<string> starts, IReadOnlyList<double> rates, Func<string, IReadOnlyList<double>, double[]> scores)
    {
        if (starts.Count == 1 && rates.Count == 1)
            return new Choice(starts[0], rates[0], []);
        var searches = starts.Select(start => Search(start, rates, scores)).ToArray();
        var best = searches.SelectMany(trials => trials).MaxBy(trial => trial.Score ?? Failed)!;
        return new Choice(best.Start, best.Rate, [.. searches.SelectMany(trials => trials)]);
    }

    static Trial[] Search(string start, IReadOnlyList<double> first, Func<string, IReadOnlyList<double>, double[]> scoresOf)
    {
        var rates = first.ToList();
        while (true)
        {
            var scores = scoresOf(start, rates);
            Trial[] trials = [.. rates.Zip(scores, (rate, score) => new Trial(start, rate, score == Failed ? null : score))];
            var best = Array.IndexOf(scores, scores.Max());
            var allFailed = scores.Max() == Failed;
            // Where nothing learns at all, no rate is better than another, and there is nothing to look for beyond.
            var done = rates.Count == MostRates || first.Count == 1 || (scores.Max() == scores.Min() && !allFailed);
            if (!done && best == 0) // the first too if all failed: they were too large
                rates.Insert(0, RateSeries.Before(rates[0]));
            else if (!done && best == rates.Count - 1)
                rates.Add(RateSeries.After(rates[^1]));
            else
                return trials;
        }
    }
}
