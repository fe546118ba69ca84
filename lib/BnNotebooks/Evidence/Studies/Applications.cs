using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>What the studies of notebook 10 share: the same network, without batch norm from two starts, and with it.</summary>
static class Applications
{
    public const string Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    /// <summary>The three sides for an experiment without normalization, trained by Adam.</summary>
    /// <param name="plain">The experiment of the plain sides.</param>
    /// <param name="metrics">What is measured of each run.</param>
    /// <param name="score">What chooses start and rate: the larger the better.</param>
    /// <param name="scoreIs">The same in words.</param>
    public static IReadOnlyList<Side> Sides(Experiment plain, IReadOnlyList<TrainingMetric> metrics, Func<Run, double> score, string scoreIs)
    {
        TrainedSide Side(string name, Norm norm, params IReadOnlyList<WeightInit> starts) =>
            new(name, plain with { Normalization = norm, Optimizer = Optimizer.Adam }, metrics)
            {
                Starts = starts,
                Rates = [0.002, 0.005, 0.01, 0.02],
                Score = score,
                ScoreIs = scoreIs,
            };
        return
        [
            Side(Default, Norm.None, WeightInit.PyTorch),
            Side(Plain, Norm.None, WeightInit.Xavier, WeightInit.He),
            Side(BatchNorm, Norm.Batch, WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He),
        ];
    }

    /// <summary>The sentences about the accuracy of <see cref="BatchNorm"/> beside the others.</summary>
    public static IReadOnlyDictionary<string, Func<Results, string>> AccuracySentences { get; } = new Dictionary<string, Func<Results, string>>
    {
        ["gain"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Plain)),
        ["gain-over-default"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Default)),
        ["gain-of-the-start"] = results => Say.Points(results.AccuracyDifference(Plain, Default)),
    };
}
