using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09: is batch norm's advantage on new data that the start no longer matters? Then a good start gives it too.</summary>
static class GoodStartGeneralizes
{
    public const string Name = "good-start-generalizes", Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.Accuracy, new("training accuracy", run => run.TrainingTests[^1].Accuracy)];
        var plain = new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100),
            Steps = 1000,
            EvaluateEvery = 1000,
            EvaluateTraining = true,
        };
        TrainedSide Side(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) =>
            new(name, experiment, metrics) { Starts = starts, Rates = [0.1, 0.2, 0.5], TuningSeeds = 3 };
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60, 1,000 steps, enough to learn the training digits by heart: how accurate is each side on the test digits at its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Default, plain, WeightInit.PyTorch),
                Side(Plain, plain, WeightInit.Xavier, WeightInit.He),
                Side(BatchNorm, plain with { Normalization = Norm.Batch }, WeightInit.PyTorch, WeightInit.He),
            ],
            Judgements =
            [
                new("generalizes-by-initialization", Verdict,
                    results => $"batch norm is {Say.Points(results.AccuracyDifference(BatchNorm, Plain))} beside a plain network with a good start, which is {Say.Points(results.AccuracyDifference(Plain, Default))} beside one with the default start"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["start"] = results => Say.Points(results.AccuracyDifference(Plain, Default)),
                ["beyond"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Plain)),
            },
        };
    }

    // If the start is the reason, a good start gains, and batch norm gains no more than that.
    static Verdict Verdict(Results results) => Estimate.Holm(results.AccuracyDifference(Plain, Default), results.AccuracyDifference(BatchNorm, Plain)) switch
    {
        [{ Above: true }, { Above: false }] => Claims.Verdict.Holds,
        [{ Above: false }, { Above: true }] => Claims.Verdict.Wrong,
        _ => Claims.Verdict.Contested, // both gain, or nothing does
    };
}
