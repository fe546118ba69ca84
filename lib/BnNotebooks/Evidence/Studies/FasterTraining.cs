using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 01: does batch norm save training steps where both sides start as well as they can?</summary>
static class FasterTraining
{
    const string Steps = "steps to 90 %", Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.StepsTo(0.9), TrainingMetric.Accuracy];
        var plain = new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100),
            Steps = 400,
            EvaluateEvery = 5,
        };
        TrainedSide Side(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) => new(name, experiment, metrics)
        {
            Starts = starts,
            Score = run => -metrics[0].Of(run),
            ScoreIs = "fewest steps to 90 %",
        };
        return new Study
        {
            Name = "faster-training",
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60: how many steps to 90 % of the test digits, each side with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Default, plain, WeightInit.PyTorch),
                Side(Plain, plain, WeightInit.Xavier, WeightInit.He),
                Side(BatchNorm, plain with { Normalization = Norm.Batch }, WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He),
            ],
            Judgements =
            [
                new("faster-training",
                    results => results.Ratio(Plain, BatchNorm, Steps) switch
                    {
                        { Above: true } => Verdict.HoldsIf, // a step costs more, and batches must not be too small
                        { Below: true } => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"without batch norm, {Say.Times(results.Ratio(Plain, BatchNorm, Steps), "times as many steps", "times fewer steps")}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Say.Times(results.Ratio(Plain, BatchNorm, Steps), "times fewer steps", "times as many steps"),
                ["gain-over-default"] = results => Say.Times(results.Ratio(Default, BatchNorm, Steps), "times fewer steps", "times as many steps"),
                ["gain-of-the-start"] = results => Say.Times(results.Ratio(Default, Plain, Steps), "times fewer steps", "times as many steps"),
            },
        };
    }
}
