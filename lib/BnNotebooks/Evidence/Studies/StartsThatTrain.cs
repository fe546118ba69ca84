using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09: from how many starts, far too small to far too large, does training work at all?</summary>
static class StartsThatTrain
{
    public const string Name = "starts-that-train", Plain = "plain", BatchNorm = "batch norm", Number = "starts that train";

    static readonly double[] Factors = [0.03, 0.1, 0.3, 1, 3, 10, 30];
    static readonly double[] Rates = [0.1, 0.3, 0.03, 1, 0.01]; // any will do, so the likely ones first

    public static Study Make()
    {
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100), Steps = 300, EvaluateEvery = 100 };
        Side Side(string name, Experiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings()}; start He times {string.Join(", ", Factors)}; trains if 80 % of the test digits are right at one of the looks with one of the learning rates {string.Join(", ", Rates)}",
            seed => [Factors.Count(factor => Rates.Any(rate => Trains(experiment with { Init = WeightInit.He.Times(factor), LearningRate = rate }, seed)))]);
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60, 300 steps: from how many of seven starts, 0.03 to 30 times He's, are 80 % of the test digits reached, with the best of five learning rates for each start?",
            Metrics = [Number],
            Seeds = 12, // each trains a network for every start and rate
            Sides = [Side(Plain, plain), Side(BatchNorm, plain with { Normalization = Norm.Batch })],
            Judgements =
            [
                new("less-sensitive-to-initialization",
                    results => Say.Which(results.Difference(BatchNorm, Plain, Number), "above", "below", "neither") switch
                    {
                        "above" => Verdict.Holds,
                        "below" => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    Sentence),
            ],
            Sentences = new Dictionary<string, Func<Results, string>> { ["starts"] = Sentence },
        };
    }

    static string Sentence(Results results) =>
        $"{Say.Number(results.Mean(Plain, Number))} of the {Factors.Length} starts without batch norm, {Say.Number(results.Mean(BatchNorm, Number))} with it";

    /// <summary>Whether a run has 80 % of the test digits right at one of its looks.</summary>
    internal static bool Trains(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        while (training.StepsDone < experiment.Steps)
        {
            if (!double.IsFinite(training.Steps(experiment.LookEvery)[^1]))
                return false;
            if (training.Evaluate(experiment.Data.Test).Accuracy >= 0.8)
                return true;
        }
        return false;
    }
}
