using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09: with which learning rates does training work, from the start that suits ReLU?</summary>
static class RatesThatTrain
{
    public const string Name = "rates-that-train", Plain = "plain", BatchNorm = "batch norm", Largest = "largest rate that trains", Number = "rates that train";

    static readonly double[] Rates = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    public static Study Make()
    {
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100), Init = WeightInit.He, Steps = 300, EvaluateEvery = 50 };
        Side Side(string name, Experiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings()}; start He; learning rates {string.Join(", ", Rates)}; trains if 80 % of the test digits are right at one of the looks",
            seed => Measure(experiment, seed));
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100-100 with ReLU, He's start, SGD, batches of 60, 300 steps: with which of eight learning rates, 0.01 to 30, are 80 % of the test digits reached?",
            Metrics = [Largest, Number],
            Seeds = 12, // each trains a network for every rate
            Sides = [Side(Plain, plain), Side(BatchNorm, plain with { Normalization = Norm.Batch })],
            Judgements =
            [
                new("higher-learning-rates",
                    results => results.Ratio(BatchNorm, Plain, Largest) switch
                    {
                        { Above: true } => Verdict.Holds,
                        { Below: true } => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"the largest rate that trains is, with batch norm, {Sentence(results)}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["largest"] = Sentence,
                ["number"] = results => $"{Say.Number(results.Mean(Plain, Number))} of the {Rates.Length} rates without batch norm, {Say.Number(results.Mean(BatchNorm, Number))} with it",
            },
        };
    }

    static string Sentence(Results results) => Say.Times(results.Ratio(BatchNorm, Plain, Largest), "times as large", "times smaller");

    // Where none trains, the largest that does counts as the next below the smallest tried, which flatters that side.
    static double[] Measure(Experiment experiment, int seed)
    {
        double[] train = [.. Rates.Where(rate => StartsThatTrain.Trains(experiment with { LearningRate = rate }, seed))];
        return [train.DefaultIfEmpty(0.003).Max(), train.Length];
    }
}
