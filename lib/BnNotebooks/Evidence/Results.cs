namespace BnNotebooks.Evidence;

/// <summary>What a study measured: a row for each side and seed.</summary>
public sealed class Results
{
    readonly string study;
    readonly IReadOnlyList<string> metrics;
    readonly Dictionary<string, SortedDictionary<int, Row>> bySide = [];
    readonly Dictionary<(string Side, string Other), Estimate> accuracyDifferences = [];

    internal Results(string study, IReadOnlyList<string> metrics, IEnumerable<Row> rows)
    {
        (this.study, this.metrics) = (study, metrics);
        foreach (var row in rows)
        {
            if (!bySide.TryGetValue(row.Side, out var seeds))
                bySide[row.Side] = seeds = [];
            if (!seeds.TryAdd(row.Seed, row))
                throw new InvalidDataException($"The evidence '{study}' has two rows for seed {row.Seed} of '{row.Side}'.");
        }
    }

    /// <summary>The sides, in the order of the file.</summary>
    public IReadOnlyList<string> Sides => [.. bySide.Keys];

    /// <summary>The seeds that all sides have.</summary>
    public IReadOnlyList<int> Seeds => [.. bySide.Values.Select(seeds => seeds.Keys.AsEnumerable()).Aggregate(Enumerable.Intersect)];

    internal IReadOnlyList<string> Metrics => metrics;

    internal IEnumerable<Row> Rows => bySide.Values.SelectMany(seeds => seeds.Values);

    /// <summary>The results of some of the seeds alone, for example of the odd ones.</summary>
    /// <param name="chosen">Which.</param>
    public Results Where(Func<int, bool> chosen) => new(study, metrics, Rows.Where(row => chosen(row.Seed)));

    /// <summary>A number of each run of a side, in the order of the seeds.</summary>
    /// <exception cref="ArgumentException">There is no such side or metric.</exception>
    public double[] Values(string side, string metric)
    {
        var column = metrics.ToList().IndexOf(metric);
        if (column < 0)
            throw new ArgumentException($"The evidence '{study}' has no '{metric}'. It has: {string.Join(", ", metrics)}.", nameof(metric));
        return [.. Of(side).Select(row => row.Values[column])];
    }

    /// <summary>The mean of a number over the runs of a side, with its interval over the seeds.</summary>
    public Estimate Mean(string side, string metric) => Estimate.Mean(Values(side, metric));

    /// <summary>By how much a number is larger on one side than on another, for each seed.</summary>
    public double[] Differences(string side, string other, string metric) => [.. Values(side, metric).Zip(Values(other, metric), (a, b) => a - b)];

    /// <summary>By what factor a number is larger on one side than on another, for each seed.</summary>
    public double[] Ratios(string side, string other, string metric) => [.. Values(side, metric).Zip(Values(other, metric), (a, b) => a / b)];

    /// <summary>The mean of <see cref="Differences"/> with its interval over the seeds.</summary>
    public Estimate Difference(string side, string other, string metric) => Estimate.Mean(Differences(side, other, metric));

    /// <summary>The geometric mean of <see cref="Ratios"/> with its interval over the seeds.</summary>
    public Estimate Ratio(string side, string other, string metric) => Estimate.GeometricMean(Ratios(side, other, metric));

    /// <summary>
    /// By how much the final test accuracy is higher on one side than on another: paired by seed and by test sample, with an
    /// interval over both, because other test samples would have given another difference too.
    /// </summary>
    public Estimate AccuracyDifference(string side, string other)
    {
        // A correction for several comparisons asks for all of them again and again, and each draws millions of numbers.
        lock (accuracyDifferences)
            return accuracyDifferences.TryGetValue((side, other), out var known)
                ? known : accuracyDifferences[(side, other)] = Bootstrap.Difference(Right(side), Right(other));
    }

    bool[][] Right(string side) => [.. Of(side).Select(row => row.Right
        ?? throw new InvalidOperationException($"The evidence '{study}' does not say which samples '{side}' got right."))];

    IEnumerable<Row> Of(string side) => bySide.TryGetValue(side, out var seeds)
        ? seeds.Values
        : throw new ArgumentException($"The evidence '{study}' has no side '{side}'. It has: {string.Join(", ", Sides)}.", nameof(side));

    internal sealed record Row(string Side, int Seed, IReadOnlyList<double> Values, bool[]? Right);
}
