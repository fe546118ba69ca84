using BnNotebooks.Data;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 10, driving: how far beside the centre line a small convolutional network steers.</summary>
static class Steering
{
    public static Study Make()
    {
        const string Off = "metres off";
        var road = RoadImages.Make(count: 1, seed: 1).Roads[0];
        var metres = road.CentreAt(10) / road.Steering; // ten metres ahead, for a steering of 1: the same for every road
        TrainingMetric[] metrics = [new(Off, run => metres * Math.Sqrt(run.TestLoss))];
        var plain = new Experiment { Data = DataSets.Roads, Network = new Cnn(8, 16), BatchSize = 64, Steps = 160, EvaluateEvery = 160 };
        return new Study
        {
            Name = "steering",
            Question = "Synthetic roads, CNN 8-16 with ReLU, Adam, batches of 64, 160 steps: how far beside the centre line is the car ten metres on (root mean square), each side with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides = Applications.Sides(plain, metrics, run => -run.TestLoss, "smallest error at the end"),
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["error"] = results => Error(results, Applications.Plain),
                ["error-to-default"] = results => Error(results, Applications.Default),
            },
        };

        static string Error(Results results, string other) =>
            Say.Times(results.Ratio(Applications.BatchNorm, other, Off), "times the error", "times as exact");
    }
}
