using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 02: how far does the loss swing along the gradient, with and without batch norm from the same start at the same rate?</summary>
static class Landscapes
{
    const string Range = "range of the loss along the gradient", Smoothness = "change of the gradient for the distance";
    const string Default = "plain; PyTorch", Plain = "plain; He", BatchNorm = "batch norm; He";

    public static Study Make()
    {
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100), LearningRate = 0.2, Steps = 200 };
        Side Side(string name, Experiment experiment) => MeasuredSide.On(name, experiment,
            "20 looks, at half, one, two and four learning rates along the gradient; means over the looks", seed => Measure(experiment, seed));
        return new Study
        {
            Name = "landscape",
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD with a learning rate of 0.2, batches of 60, 200 steps: by how much does the loss differ at half, one, two and four learning rates along the gradient, and how fast does the gradient change there?",
            Metrics = [Range, Smoothness],
            Sides =
            [
                Side(Default, plain),
                Side(Plain, plain with { Init = WeightInit.He }),
                Side(BatchNorm, plain with { Init = WeightInit.He, Normalization = Norm.Batch }),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["range"] = results => Say.Times(results.Ratio(Plain, BatchNorm, Range), "times as wide", "times narrower"),
                ["range-default"] = results => Say.Times(results.Ratio(Default, BatchNorm, Range), "times as wide", "times narrower"),
                ["smoothness"] = results => Say.Times(results.Ratio(Plain, BatchNorm, Smoothness), "times as fast", "times slower"),
            },
        };
    }

    static double[] Measure(Experiment experiment, int seed)
    {
        var looks = Landscape.Of(experiment, seed);
        return [looks.Average(look => look.HighestLoss - look.LowestLoss), looks.Average(look => look.Smoothness)];
    }
}
