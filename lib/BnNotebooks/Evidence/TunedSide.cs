using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>
/// A side that trains in a way of its own, with the learning rate that suits it best: chosen on other seeds than the comparison uses, and
/// by a measurement that uses other samples there.
/// </summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="What">All that its numbers depend on but the rate, in words. Change it when the measurement changes.</param>
/// <param name="Start">How its weights start.</param>
/// <param name="Measure">
/// Gives the study's metrics in their order for a rate and a seed. From <see cref="TrainedSide.FirstTuningSeed"/> on it measures on
/// samples that the comparison does not test with; the first metric then scores the rate, the larger the better.
/// </param>
public sealed record TunedSide(string Name, string What, WeightInit Start, Func<double, int, IReadOnlyList<double>> Measure) : Side(Name)
{
    /// <summary>The learning rates to begin with, of the series 1, 2, 5, 10, …. While the best lies at an edge, the next is tried too.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0.05, 0.1, 0.2];

    /// <summary>How many seeds choose.</summary>
    public int TuningSeeds { get; init; } = 3;

    /// <summary>Whether a seed is one of those that choose.</summary>
    public static bool Chooses(int seed) => seed >= TrainedSide.FirstTuningSeed;

    internal override string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{What}; start {Start}; learning rate of {string.Join(", ", Rates)} or beyond, chosen by {TuningSeeds} seeds");

    internal override Choice Choose(Journal journal, int workers)
    {
        var trials = Rates.Select(rate => Try(rate, journal, workers)).ToList();
        while (trials.Count < TrainedSide.MostRates && trials.DistinctBy(trial => trial.Score).Count() > 1)
        {
            var best = trials.MaxBy(trial => trial.Score)!;
            if (best == trials[0])
                trials.Insert(0, Try(RateSeries.Before(best.Rate), journal, workers));
            else if (best == trials[^1])
                trials.Add(Try(RateSeries.After(best.Rate), journal, workers));
            else
                break;
        }
        return new Choice(Start, trials.MaxBy(trial => trial.Score)!.Rate, trials);
    }

    internal override Outcome Run(Choice choice, int seed) => new(Measure(choice.Rate, seed));

    Trial Try(double rate, Journal journal, int workers)
    {
        var scores = Workers.Map([.. Enumerable.Range(TrainedSide.FirstTuningSeed, TuningSeeds)], seed => journal.Get(
            string.Create(CultureInfo.InvariantCulture, $"try {rate} {seed}"), () => new Outcome([Measure(rate, seed)[0]])).Values[0], workers);
        return new Trial($"{Start}", rate, scores.Average());
    }
}
