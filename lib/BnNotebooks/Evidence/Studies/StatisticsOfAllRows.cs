using System.Globalization;
using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 03: does a test score gain when the test rows have a part in the statistics that normalize the columns?</summary>
static class StatisticsOfAllRows
{
    const string Train = "statistics of the training rows", All = "statistics of all rows";
    static readonly int[] Sizes = [455, 57, 12];

    // A test part of 114 rows, a fifth of the table, can't tell less than one row in it.
    const double OneTestRow = 1 / 114.0;

    public static Study Make() => new()
    {
        Name = "statistics-of-all-rows",
        Question = "Breast cancer, linear classifier, SGD, 100 steps, split at random into 455, 57 or 12 training rows and the rest for testing: does the test accuracy change when mean and deviation of the columns are taken over all 569 rows in place of the training rows? Both at the learning rate 0.1, on purpose: the two sides' data are nearly the same.",
        Metrics = [.. Sizes.Select(Metric)],
        Seeds = 100, // splits, each of a second's hundredth
        Sides = [Side(Train, everyRow: false), Side(All, everyRow: true)],
        Judgements =
        [
            new("inputs-entire-data-set",
                results => Gain(results, Sizes[0]) switch
                {
                    { Low: > -OneTestRow, High: < OneTestRow } => Verdict.HoldsIf, // the data set is its training part, or large
                    { Above: true } or { Below: true } => Verdict.Wrong,
                    _ => Verdict.Contested,
                },
                results => string.Join("; ", Sizes.Select(rows => $"statistics of all rows, with {rows} training rows: {Say.Points(Gain(results, rows))}"))),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>(Sizes.Select(rows =>
            new KeyValuePair<string, Func<Results, string>>($"gain-{rows}", results => Say.Points(Gain(results, rows))))),
    };

    static readonly Lazy<DataSet> byTheirOwn = new(() => new DataSet("breast cancer", DataSets.BreastCancerRows(), DataSets.BreastCancerRows()));

    static readonly Lazy<DataSet> byAllRows = new(() => byTheirOwn.Value.Standardized());

    static MeasuredSide Side(string name, bool everyRow)
    {
        var linear = new Experiment
        {
            Data = DataSets.BreastCancer,
            Network = new Perceptron(),
            LearningRate = 0.1,
            Steps = 100,
            EvaluateEvery = 100,
            BatchSize = 12,
        };
        return new MeasuredSide(name,
            string.Create(CultureInfo.InvariantCulture, $"{linear.Settings()}, but batches of 32 where there are so many rows; learning rate {linear.LearningRate}; start {linear.Init}; {name}; the seed's split into {string.Join(", ", Sizes)} training rows and the rest"),
            seed => [.. Sizes.Select(rows => Recorder.Record(linear with { Data = Split(rows, everyRow, seed), BatchSize = Math.Min(rows, 32) }, seed: 1).TestAccuracy)]);
    }

    static DataSet Split(int rows, bool everyRow, int seed)
    {
        var table = everyRow ? byAllRows.Value : byTheirOwn.Value;
        var split = DataSet.Split("breast cancer", table.Train, 1 - rows / (double)table.Train.Count, seed);
        return everyRow ? split : split.Standardized();
    }

    static string Metric(int rows) => string.Create(CultureInfo.InvariantCulture, $"accuracy with {rows} training rows");

    static Estimate Gain(Results results, int rows) => results.Difference(All, Train, Metric(rows));
}
