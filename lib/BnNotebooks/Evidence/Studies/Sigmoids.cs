using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebooks 01 and 02: the experiment of section 4.1 of Ioffe and Szegedy (2015), where the network without batch norm may start
/// well too. How soon does it learn, and how far do the units' inputs wander meanwhile?
/// </summary>
static class Sigmoids
{
    const string Steps = "steps to 80 %", Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    // A median of 360 test samples is known to about 0.03 spreads (1.25 σ/√360, and a spread is 2 σ), and of 150 looks at samples
    // of a distribution that stands still, the highest and the lowest lie about 5 of these apart. Less is no wandering.
    const double Chance = 0.15;

    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.StepsTo(0.8), TrainingMetric.Accuracy, TrainingMetric.Wander];
        var plain = new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100) { Activation = Activation.Sigmoid },
            Steps = 1500,
            EvaluateEvery = 10,
            Watch = Watch.Activations,
        };
        // Xavier's start is made for activations of slope 1. A sigmoid's is ¼, so four times that keeps a signal's size.
        var larger = WeightInit.Xavier.Times(4);
        TrainedSide Side(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) => new(name, experiment, metrics)
        {
            Starts = starts,
            Rates = [1, 2, 5],
            Score = run => -metrics[0].Of(run),
            ScoreIs = "fewest steps to 80 %",
        };
        Estimate Wander(Results results) => results.Mean(Plain, TrainingMetric.Wander.Name);
        Estimate Steadier(Results results) => results.Ratio(Plain, BatchNorm, TrainingMetric.Wander.Name);
        Estimate SteadierThanDefault(Results results) => results.Ratio(Default, BatchNorm, TrainingMetric.Wander.Name);
        return new Study
        {
            Name = "sigmoids",
            Question = "Digits, perceptron of three hidden layers of 100 sigmoids, SGD, batches of 60: how many steps to 80 % of the test digits, each side with its best start and learning rate, and how far does the median of a unit's input wander in 1,500 steps?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Default, plain, WeightInit.PyTorch),
                Side(Plain, plain, WeightInit.Xavier, larger),
                Side(BatchNorm, plain with { Normalization = Norm.Batch }, WeightInit.PyTorch, WeightInit.Xavier),
            ],
            Judgements =
            [
                new("shift-exists",
                    results => Wander(results) is var wander && wander.Low > Chance ? Verdict.Holds : wander.High < Chance ? Verdict.Wrong : Verdict.Contested,
                    results => $"without batch norm the median of a unit's input wanders by {Say.Number(Wander(results))} of its spreads (from the 15th to the 85th percentile), with it by {Say.Number(results.Mean(BatchNorm, TrainingMetric.Wander.Name))}"),
                new("steadier-inputs",
                    results => Estimate.Holm(Steadier(results), SteadierThanDefault(results)) switch
                    {
                        [{ Above: true }, { Above: true }] => Verdict.Holds,
                        [{ Below: true }, { Below: true }] => Verdict.Wrong,
                        [_, { Above: true }] => Verdict.HoldsIf, // if the network without it starts badly
                        _ => Verdict.Contested,
                    },
                    results => $"beside a network without batch norm that starts well, the medians wander {Say.Times(Steadier(results), "times less far", "times farther")}; beside one with PyTorch's default start, {Say.Times(SteadierThanDefault(results), "times less far", "times farther")}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Say.Times(results.Ratio(Plain, BatchNorm, Steps), "times fewer steps", "times as many steps"),
                ["gain-over-default"] = results => Say.Times(results.Ratio(Default, BatchNorm, Steps), "times fewer steps", "times as many steps"),
                ["gain-of-the-start"] = results => Say.Times(results.Ratio(Default, Plain, Steps), "times fewer steps", "times as many steps"),
                ["wander"] = results => Say.Number(Wander(results)),
                ["wander-with"] = results => Say.Number(results.Mean(BatchNorm, TrainingMetric.Wander.Name)),
                ["steadier"] = results => Say.Times(Steadier(results), "times less far", "times farther"),
                ["steadier-than-default"] = results => Say.Times(SteadierThanDefault(results), "times less far", "times farther"),
            },
        };
    }
}
