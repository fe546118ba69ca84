using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 04: the same three sides in a small convolutional network.</summary>
static class FashionCnn
{
    const string Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    public static Study Make()
    {
        var plain = new Experiment
        {
            Data = DataSets.FashionMnist,
            Network = new Cnn(8, 16, 16),
            Steps = 150,
            EvaluateEvery = 150,
        };
        TrainedSide Side(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) =>
            new(name, experiment, [TrainingMetric.Accuracy]) { Starts = starts };
        return new Study
        {
            Name = "fashion-cnn",
            Question = "Fashion-MNIST (6,000 images), three convolutions of 8, 16 and 16 channels with ReLU, SGD, batches of 60, 150 steps: how accurate is each side with its best start and learning rate?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Sides =
            [
                Side(Default, plain, WeightInit.PyTorch),
                Side(Plain, plain, WeightInit.Xavier, WeightInit.He),
                Side(BatchNorm, plain with { Normalization = Norm.Batch }, WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["start"] = results => Say.Points(results.AccuracyDifference(Plain, Default)),
                ["beyond"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Plain)),
            },
        };
    }
}
