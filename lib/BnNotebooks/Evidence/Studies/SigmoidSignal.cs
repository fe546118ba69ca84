using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 01: why do sigmoids wait? What arrives at three layers of sigmoids before any training, and how steep they are there.</summary>
static class SigmoidSignal
{
    const string Default = "default start", BatchNorm = "batch norm";

    static readonly string[] Spread = ["spread at layer 1", "spread at layer 2", "spread at layer 3"];

    const string Slope = "mean slope of the sigmoids";

    public static Study Make()
    {
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100) { Activation = Activation.Sigmoid } };
        Side Side(string name, Experiment experiment) => MeasuredSide.On(name, experiment,
            "the first batch, before any training; spread: of what a sigmoid gets, over the batch, mean over the units; slope: mean over all values",
            seed => Measure(experiment, seed));
        return new Study
        {
            Name = "sigmoid-signal",
            Question = "Digits, perceptron of three hidden layers of 100 sigmoids, before any training: how far does what a sigmoid gets vary from sample to sample, and how steep is the sigmoid there?",
            Metrics = [.. Spread, Slope],
            Sides =
            [
                Side(Default, plain),
                Side("Xavier", plain with { Init = WeightInit.Xavier }),
                Side("Xavier × 4", plain with { Init = WeightInit.Xavier.Times(4) }),
                Side(BatchNorm, plain with { Normalization = Norm.Batch }),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["slope"] = results => $"{Rounded(results, Default, Slope)} without and {Rounded(results, BatchNorm, Slope)} with batch norm, where the sigmoids are {Say.Which(results.Difference(BatchNorm, Default, Slope), "steeper", "less steep", "not clearly steeper nor less steep")}",
                ["default"] = results => Spreads(results, Default),
                ["xavier"] = results => Spreads(results, "Xavier"),
                ["larger"] = results => Spreads(results, "Xavier × 4"),
                ["batch-norm"] = results => Spreads(results, BatchNorm),
            },
        };
    }

    static string Spreads(Results results, string side)
    {
        string[] each = [.. Spread.Select(metric => Rounded(results, side, metric))];
        return $"{each[0]}, {each[1]} and {each[2]}";
    }

    // The intervals are narrower than what a reader wants to know.
    static string Rounded(Results results, string side, string metric) => results.Mean(side, metric).Value.ToString("G2", CultureInfo.InvariantCulture);

    static double[] Measure(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        var layers = Signals.Of(training);
        return [.. layers.Select(layer => layer.UnitDeviations.Average(value => (double)value)),
            layers.Average(layer => layer.Outputs.Average(s => s * (1.0 - s)))];
    }
}
