using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>
/// A network that is trained with the start and the learning rate that suit it best. Both are chosen on other seeds than the
/// comparison uses, and on a fifth of the training data that is kept back for it; the comparison then trains on all of it.
/// </summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Experiment">What is trained; its start and rate are replaced by the chosen ones.</param>
/// <param name="Metrics">What is measured of each run.</param>
public sealed record TrainedSide(string Name, Experiment Experiment, IReadOnlyList<TrainingMetric> Metrics) : Side(Name)
{
    /// <summary>The first seed of those that choose; the comparison's start at 1.</summary>
    public const int FirstTuningSeed = 1001;

    const double ValidationShare = 0.2;

    /// <summary>The starts to choose from; one alone means that only the rate is chosen.</summary>
    public IReadOnlyList<WeightInit> Starts { get; init; } = [WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He];

    /// <summary>
    /// The learning rates to begin with, of the series 1, 2, 5, 10, …. While the best lies at an edge, the next is tried too. One
    /// alone is taken as it is, and the study's heading says that it is not chosen.
    /// </summary>
    public IReadOnlyList<double> Rates { get; init; } = [0.1, 0.2, 0.5, 1];

    /// <summary>What the choice looks for on the validation samples: the larger the better.</summary>
    public Func<Run, double> Score { get; init; } = run => run.TestAccuracy;

    /// <summary>The same in words.</summary>
    public string ScoreIs { get; init; } = "accuracy at the end";

    /// <summary>How many seeds choose.</summary>
    public int TuningSeeds { get; init; } = 4;

    /// <summary>Data that each seed has of its own, in place of the experiment's, or null.</summary>
    public SeedData? DataBySeed { get; init; }

    /// <summary>
    /// What to choose on, where the training data is so little that a fifth of it tells no rate from another: other samples than
    /// those of the comparison's test. Null keeps a fifth of the training data back.
    /// </summary>
    public DataSet? ChosenOn { get; init; }

    /// <summary>What is measured of the trained network itself, after <see cref="Metrics"/>; the names are in the study's metrics.</summary>
    public Func<Training, IReadOnlyList<double>>? AtTheEnd { get; init; }

    /// <summary>The same in words; change it when the measurement changes.</summary>
    public string AtTheEndIs { get; init; } = "";

    internal override string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{Experiment.Settings()}; {(DataBySeed is null ? "" : $"in place of this data {DataBySeed.What}; ")}start one of {string.Join(", ", Starts)}; learning rate of {string.Join(", ", Rates)} or beyond; chosen by {ScoreIs}, {TuningSeeds} seeds{(ChosenOn is { } data ? $" on {data.Fingerprint}" : "")}; measured: {string.Join(", ", Metrics.Select(metric => metric.Name).Concat(AtTheEnd is null ? [] : [AtTheEndIs]))}");

    internal override Choice Choose(Journal journal, int workers)
    {
        WeightInit Named(string name) => Starts.First(start => $"{start}" == name);
        return RateSearch.Best([.. Starts.Select(start => $"{start}")], Rates, (start, rates) => Scores(Named(start), rates, journal, workers));
    }

    internal override TimedSteps? Steps(Choice choice)
    {
        var training = At(choice).Start();
        return new TimedSteps(() => training.Step(), training);
    }

    internal override Outcome Run(Choice choice, int seed)
    {
        using var training = At(choice, seed).Start(seed);
        var run = new Recorder(training).Record();
        return new Outcome([.. Metrics.Select(metric => metric.Of(run)), .. AtTheEnd?.Invoke(training) ?? []], run.Right);
    }

    /// <summary>The experiment with what was chosen for it.</summary>
    /// <param name="choice">What was chosen.</param>
    /// <param name="seed">The seed, where each has data of its own.</param>
    public Experiment At(Choice choice, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Experiment with { Init = Starts.First(start => $"{start}" == choice.Start), LearningRate = choice.Rate, Data = DataOf(seed) };
    }

    DataSet DataOf(int seed) => DataBySeed?.Of(seed) ?? Experiment.Data;

    double[] Scores(WeightInit start, IReadOnlyList<double> rates, Journal journal, int workers)
    {
        // A fifth of the training data is kept back to choose by, the same for all unless each seed has its own data.
        DataSet Split(DataSet data) => DataSet.Split(data.Name, data.Train, ValidationShare, seed: 1);
        var shared = ChosenOn ?? (DataBySeed is null ? Split(Experiment.Data) : null);
        (double Rate, int Seed)[] jobs = [.. from rate in rates from i in Enumerable.Range(0, TuningSeeds) select (rate, FirstTuningSeed + i)];
        var scores = Workers.Map(jobs, job => journal.Get(
            string.Create(CultureInfo.InvariantCulture, $"try {start} {job.Rate} {job.Seed}"),
            () => new Outcome([Score(Recorder.Record(Experiment with { Data = shared ?? Split(DataOf(job.Seed)), Init = start, LearningRate = job.Rate }, job.Seed))])).Values[0], workers);
        return [.. scores.Chunk(TuningSeeds).Select(ofRate => ofRate.All(double.IsFinite) ? ofRate.Average() : RateSearch.Failed)];
    }
}

/// <summary>Data that a seed decides, such as a split or what an untrained network makes of other data.</summary>
/// <param name="What">What it is, in words. Change it when the data changes: earlier results then no longer count.</param>
/// <param name="Of">Gives the data of a seed, the same each time, with as many features and classes whatever the seed.</param>
public sealed record SeedData(string What, Func<int, DataSet> Of);

/// <summary>Something that is measured of a training run.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Of">Takes it from the run.</param>
public sealed record TrainingMetric(string Name, Func<Run, double> Of)
{
    /// <summary>The share of test samples in the right class at the end, by running statistics.</summary>
    public static TrainingMetric Accuracy { get; } = new("accuracy", run => run.TestAccuracy);

    /// <summary>The steps until this test accuracy was first seen. A run that never saw it counts with all its steps, which flatters it.</summary>
    public static TrainingMetric StepsTo(double accuracy) => new(
        string.Create(CultureInfo.InvariantCulture, $"steps to {100 * accuracy:0} %"), run => OrAll(run, run.StepsTo(accuracy)));

    /// <summary>The steps until ten training batches in a row had this mean loss. A run that never saw it counts with all its steps.</summary>
    public static TrainingMetric StepsToLoss(double loss) => new(
        string.Create(CultureInfo.InvariantCulture, $"steps to a training loss of {loss}"), run => OrAll(run, run.StepsToLoss(loss)));

    /// <summary>How far a unit's median wanders; see <see cref="Run.Wander"/>. The experiment must watch activations.</summary>
    public static TrainingMetric Wander { get; } = new("wander of a unit's median in its spreads", run => run.Wander());

    static double OrAll(Run run, double steps) => double.IsNaN(steps) ? run.Experiment.Steps : steps;
}
