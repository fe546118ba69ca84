using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 06: by which mean and variance should a network that was trained in small batches be evaluated?</summary>
static class EvaluationStatistics
{
    /// <summary>The ways, in the order in which one network is evaluated by them.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["moving average", "made biased", "fresh average", "all data at once"];

    static readonly int[] Sizes = [2, 4, 8, 32];

    public static Study Make() => new()
    {
        Name = "evaluation-statistics",
        Question = "Digits, perceptron 100-100-100 with ReLU and batch norm, SGD, 6 epochs in batches of 2, 4, 8 and 32: what is the test loss of the same weights by the moving average, with its variance made biased, by a fresh average over batches as small as in training, and by the statistics of all training images at once?",
        Metrics = [.. Ways.Select(way => $"test loss by {way} (nats)")],
        Sides = [.. Sizes.Select(Side)],
        Sentences = new Dictionary<string, Func<Results, string>>(
            from way in Enumerable.Range(1, Ways.Count - 1)
            select KeyValuePair.Create(Ways[way].Replace(' ', '-'), (Func<Results, string>)(results => OverSizes(results, way)))),
    };

    static TrainedSide Side(int size) => new(Name(size), new Experiment
    {
        Data = DataSets.Digits.Standardized(),
        Normalization = Norm.Batch,
        BatchSize = size,
    }.ForEpochs(6), [])
    {
        Starts = [WeightInit.He],
        Rates = [0.01, 0.02, 0.05],
        TuningSeeds = 2,
        Score = run => -run.TestLoss,
        ScoreIs = "lowest loss at the end",
        AtTheEnd = FourWays,
        AtTheEndIs = string.Join(", ", Ways),
    };

    /// <summary>The test loss of a trained network by each of the four.</summary>
    public static double[] FourWays(Training training)
    {
        var (test, size) = (training.Experiment.Data.Test, training.Experiment.BatchSize);
        double Loss() => training.Evaluate(test).Loss;
        double moving = Loss();
        Recalibration.MakeBiased(training);
        double biased = Loss();
        Recalibration.Fresh(training, size);
        double fresh = Loss();
        Recalibration.Fresh(training, training.Experiment.Data.Train.Count);
        return [moving, biased, fresh, Loss()];
    }

    static string Name(int size) => string.Create(CultureInfo.InvariantCulture, $"batches of {size}");

    // All three ways at all four sizes are looked at together.
    static string OverSizes(Results results, int way)
    {
        var metrics = Ways.Select(w => $"test loss by {w} (nats)").ToArray();
        Estimate[] all = [.. Estimate.Holm([.. from w in Enumerable.Range(1, Ways.Count - 1) from size in Sizes
            select Estimate.Mean([.. results.Values(Name(size), metrics[w]).Zip(results.Values(Name(size), metrics[0]), (a, b) => a - b)])])];
        return string.Join("; ", Sizes.Zip(all.Skip((way - 1) * Sizes.Length), (size, gain) => $"at {size}, {Say.By(gain, "nats", "higher", "lower")}"));
    }
}
