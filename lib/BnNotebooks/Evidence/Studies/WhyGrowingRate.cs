using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': a rate that grows and grows. Where the scale of the weights drops out, the weights grow with it
/// and the steps' angle does not (Li and Arora 2020).
/// </summary>
static class WhyGrowingRate
{
    public const string Name = "why-growing-rate", Plain = "plain with He's start", BatchNorm = "batch norm with He's start";

    public static Study Make()
    {
        var plain = new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100),
            Steps = 400,
            EvaluateEvery = 400,
            LearningRateGrowth = 1.03,
        };
        TrainedSide Side(string name, Experiment experiment) =>
            new(name, experiment, [TrainingMetric.Accuracy]) { Starts = [WeightInit.He], Rates = [0.1] };
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100-100 with ReLU, He's start, SGD, batches of 60, 400 steps; the learning rate of the hidden weights is 0.1 at first and grows by 3 % a step, to 137,000 times that (rate fixed on purpose): how accurate is the network then?",
            Metrics = [WhyTask.Accuracy],
            Sides = [Side(Plain, plain), Side(BatchNorm, plain with { Normalization = Norm.Batch })],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["plain"] = results => Say.Percent(results.Mean(Plain, WhyTask.Accuracy)),
                ["batch-norm"] = results => Say.Percent(results.Mean(BatchNorm, WhyTask.Accuracy)),
            },
        };
    }
}
