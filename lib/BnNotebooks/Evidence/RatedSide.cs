using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>
/// A side that trains something else than an <see cref="Experiment"/>, with the learning rate that suits it best. Like that of a
/// <see cref="TrainedSide"/> it is chosen on other seeds, and by a score on other data, than the comparison uses.
/// </summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="What">All that its numbers depend on but what is chosen and the seed. Change it when the measurement changes.</param>
/// <param name="Score">What the choice looks for: of a rate and a seed, the larger the better; not finite where the run failed.</param>
/// <param name="Measure">Gives the study's metrics in their order, for a rate and a seed.</param>
public sealed record RatedSide(string Name, string What, Func<double, int, double> Score, Func<double, int, IReadOnlyList<double>> Measure) : Side(Name)
{
    /// <summary>
    /// A side whose first metric scores its rates too: from <see cref="TrainedSide.FirstTuningSeed"/> on it measures on samples that the
    /// comparison does not test with.
    /// </summary>
    public static RatedSide ByFirstMetric(string name, string what, WeightInit start, Func<double, int, IReadOnlyList<double>> measure) =>
        new(name, $"{what}; start {start}", (rate, seed) => measure(rate, seed)[0], measure) { Start = $"{start}", Rates = [0.05, 0.1, 0.2], TuningSeeds = 3 };

    /// <summary>The learning rates to begin with, of the series 1, 2, 5, 10, …. While the best lies at an edge, the next is tried too.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>How the weights start, in a word.</summary>
    public string Start { get; init; } = "1/fan_in";

    /// <summary>How many seeds choose.</summary>
    public int TuningSeeds { get; init; } = 2;

    /// <summary>Begins a training whose steps are timed, for a rate.</summary>
    internal Func<double, TimedSteps>? Timed { get; init; }

    internal override string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{What}; learning rate of {string.Join(", ", Rates)} or beyond, chosen with {TuningSeeds} seeds");

    internal override Choice Choose(Journal journal, int workers) => RateSearch.Best([Start], Rates, (_, rates) =>
    {
        (double Rate, int Seed)[] jobs = [.. from rate in rates from i in Enumerable.Range(0, TuningSeeds) select (rate, TrainedSide.FirstTuningSeed + i)];
        var scores = Workers.Map(jobs, job => journal.Get(
            string.Create(CultureInfo.InvariantCulture, $"try {job.Rate} {job.Seed}"), () => new Outcome([Score(job.Rate, job.Seed)])).Values[0], workers);
        return [.. scores.Chunk(TuningSeeds).Select(ofRate => ofRate.All(double.IsFinite) ? ofRate.Average() : RateSearch.Failed)];
    });

    internal override Outcome Run(Choice choice, int seed) => new(Measure(choice.Rate, seed));

    internal override TimedSteps? Steps(Choice choice) => Timed?.Invoke(choice.Rate);
}
