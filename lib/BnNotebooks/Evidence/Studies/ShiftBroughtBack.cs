using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 02: what is left of batch norm's gain when noise behind each batch norm brings the shift back (Santurkar et al. 2018)?
/// Once each side has its best start and learning rate, and once all have the same.
/// </summary>
static class ShiftBroughtBack
{
    const string Steps = "steps to a training loss of 0.3", Jump = "jump of a unit's mean in its deviations";
    const string Plain = "plain with a good start", BatchNorm = "batch norm", Noise1 = "batch norm and noise 1", Noise2 = "batch norm and noise 2";

    // The side as it is where all have one start and rate.
    static string Same(string side) => $"{side}; He 0.2";

    public static Study Make()
    {
        // The noise is off when the network is looked at, so the training loss counts.
        TrainingMetric[] metrics =
        [
            TrainingMetric.StepsToLoss(0.3), TrainingMetric.StepsTo(0.9), TrainingMetric.Accuracy,
            new(Jump, run => UnitMeans.Along(run.Experiment, run.Seed, steps: 50).Jump),
        ];
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100), Steps = 400, EvaluateEvery = 5 };
        var normed = plain with { Normalization = Norm.Batch };
        TrainedSide Best(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) => new(name, experiment, metrics)
        {
            Starts = starts,
            Score = run => -metrics[0].Of(run),
            ScoreIs = "fewest steps to a training loss of 0.3",
        };
        TrainedSide Given(string name, Experiment experiment) => new(Same(name), experiment, metrics) { Starts = [WeightInit.He], Rates = [0.2] };
        WeightInit[] all = [WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He];
        return new Study
        {
            Name = "shift-brought-back",
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60: how many steps to a training loss of 0.3 without batch norm, with it, and with it and noise that moves each unit's mean anew in every step by up to 1 or 2 deviations; each side at its best start and learning rate, and all at He's start and 0.2?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Best(Plain, plain, WeightInit.Xavier, WeightInit.He),
                Best(BatchNorm, normed, all),
                Best(Noise1, WithNoise(normed, 1), all),
                Best(Noise2, WithNoise(normed, 2), all),
                Given(Plain, plain),
                Given(BatchNorm, normed),
                Given(Noise1, WithNoise(normed, 1)),
                Given(Noise2, WithNoise(normed, 2)),
            ],
            Judgements =
            [
                new("faster-because-less-shift", Because, results =>
                    $"batch norm with noise of size 1 needs, beside no batch norm, {Fewer(results, Plain, Noise1)} with each side at its best, and {Fewer(results, Same(Plain), Same(Noise1))} with all at one start and rate; without the noise it is {Fewer(results, Plain, BatchNorm)} and {Fewer(results, Same(Plain), Same(BatchNorm))}"),
                new("shift-slows-training", Slows, results =>
                    $"batch norm takes {More(results, Noise1, BatchNorm)} with noise of size 1 and {More(results, Noise2, BatchNorm)} with noise of size 2, each at its best start and rate"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Fewer(results, Plain, BatchNorm),
                ["gain-with-noise"] = results => Fewer(results, Plain, Noise1),
                ["gain-with-noise-2"] = results => Fewer(results, Plain, Noise2),
                ["gain-at-one-rate"] = results => Fewer(results, Same(Plain), Same(BatchNorm)),
                ["gain-with-noise-at-one-rate"] = results => Fewer(results, Same(Plain), Same(Noise1)),
                ["gain-with-noise-2-at-one-rate"] = results => Fewer(results, Same(Plain), Same(Noise2)),
                ["cost-of-noise"] = results => More(results, Noise1, BatchNorm),
                ["cost-of-noise-2"] = results => More(results, Noise2, BatchNorm),
                ["jump"] = results => $"{Say.Number(results.Mean(Same(Noise1), Jump))} with noise, {Say.Number(results.Mean(Same(Plain), Jump))} without batch norm",
                ["jumps-compared"] = results => Say.Which(results.Difference(Same(Noise1), Same(Plain), Jump), "larger than", "smaller than", "not clearly other than"),
                ["accuracy"] = results => Say.Points(results.AccuracyDifference(Noise1, Plain)),
            },
        };
    }

    /// <summary>Noise behind each batch norm that moves a unit's mean by up to so many deviations, anew in every step.</summary>
    static Experiment WithNoise(Experiment experiment, double size) => experiment with
    {
        // No stretch: the noise is off in use, and a network that learned with wider values would miss the width.
        Normalization = experiment.Normalization with { Noise = new NormNoise { Shift = size, Stretch = 0, Jitter = 0.1 } },
    };

    static string Fewer(Results results, string side, string other) => Say.Times(results.Ratio(side, other, Steps), "times fewer steps", "times as many steps");

    static string More(Results results, string side, string other) => Say.Times(results.Ratio(side, other, Steps), "times as many steps", "times fewer steps");

    // If the shift is the reason, then the gain goes where the shift comes back.
    internal static Verdict Because(Results results)
    {
        // Noise that makes smaller jumps than a network without batch norm makes by itself brings nothing back.
        if (!results.Difference(Noise1, Plain, Jump).Above || !results.Difference(Same(Noise1), Same(Plain), Jump).Above)
            return Verdict.Contested;
        // Of the gain, on the scale on which factors add up, is the larger half kept or lost?
        Estimate Kept(string plain, string normed, string noisy) => Estimate.Mean([.. results.Ratios(plain, noisy, Steps)
            .Zip(results.Ratios(plain, normed, Steps), (kept, whole) => Math.Log(kept) - Math.Log(whole) / 2)]);
        return Estimate.Holm(Kept(Plain, BatchNorm, Noise1), Kept(Same(Plain), Same(BatchNorm), Same(Noise1))) switch
        {
            [{ Above: true }, { Above: true }] => Verdict.Wrong,
            [{ Below: true }, { Below: true }] => Verdict.Holds,
            _ => Verdict.Contested, // one way where each side is at its best, another where all are alike
        };
    }

    static Verdict Slows(Results results) => Estimate.Holm(results.Ratio(Noise1, BatchNorm, Steps), results.Ratio(Noise2, BatchNorm, Steps)) switch
    {
        [{ Above: true }, { Above: true }] => results.Difference(Noise1, Plain, Jump).Above ? Verdict.HoldsIf : Verdict.Holds, // if it is larger than by nature
        [_, { Above: true }] => Verdict.HoldsIf,
        [{ Above: false }, { Below: true }] => Verdict.Wrong,
        _ => Verdict.Contested,
    };
}
