using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 07: batch norm before the activation, after it, or none, each with its best start and learning rate.</summary>
static class PlacementOfNorm
{
    const string ReLU = "ReLU", Sigmoid = "sigmoid", Cnn = "CNN", None = "none", Before = "before", After = "after";
    const string Spread = "spread of the last activation's inputs";

    static readonly string[] Networks = [ReLU, Sigmoid, Cnn];

    public static Study Make()
    {
        TrainingMetric[] metrics =
        [
            TrainingMetric.Accuracy,
            new("test loss (nats)", run => run.TestLoss),
            new(Spread, run => run.Activations[^1].Deviation),
        ];
        return new Study
        {
            Name = "placement",
            Question = "Digits, perceptron 100-100-100 with ReLU and with sigmoid, SGD, batches of 60, 400 steps; a tenth of Fashion-MNIST, CNN 8-16, batches of 64, 160 steps: which test accuracy with batch norm before the activation, after it, and without it, each with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides = [.. Networks.SelectMany(network => Three(network, metrics))],
            Judgements = [new("two-placements", EitherServes, Gains), new("after-activation", AfterBelongs, Orders)],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["orders"] = Orders,
                ["gains"] = Gains,
                ["spread"] = Spreads,
                ["spread-order"] = results => Say.Times(results.Ratio(Side(Sigmoid, After), Side(Sigmoid, Before), Spread), "times as wide", "times narrower"),
                ["loss"] = results => Say.By(results.Difference(Side(Sigmoid, After), Side(Sigmoid, Before), metrics[1].Name), "nats", "higher", "lower"),
            },
        };
    }

    static IEnumerable<TrainedSide> Three(string network, TrainingMetric[] metrics)
    {
        var plain = network == Cnn
            ? new Experiment { Data = DataSets.FashionMnist, Network = new Cnn(8, 16), BatchSize = 64, Steps = 160 }
            : new Experiment
            {
                Data = DataSets.Digits,
                Steps = 400,
                Network = new Perceptron(100, 100, 100) { Activation = network == ReLU ? Activation.ReLU : Activation.Sigmoid },
            };
        plain = plain with { EvaluateEvery = plain.Steps, Watch = Watch.Activations };
        var norm = plain with { Normalization = Norm.Batch };
        // PyTorch's default, and the one that was made for the activation.
        WeightInit[] starts = [WeightInit.PyTorch, network == Sigmoid ? WeightInit.Xavier : WeightInit.He];
        // Xavier's keeps a signal where slopes are 1. A sigmoid's is at most ¼; where no batch norm divides, the weights have to make up for it.
        WeightInit[] without = network == Sigmoid ? [.. starts, WeightInit.Xavier.Times(4)] : starts;
        TrainedSide Of(string place, Experiment experiment) =>
            new(Side(network, place), experiment, metrics) { Starts = place == None ? without : starts };
        return [Of(None, plain), Of(Before, norm), Of(After, norm with { Placement = Placement.AfterActivation })];
    }

    static string Side(string network, string place) => $"{network}: {place}";

    static IReadOnlyList<Estimate> AfterMinusBefore(Results results) =>
        Estimate.Holm([.. Networks.Select(network => results.AccuracyDifference(Side(network, After), Side(network, Before)))]);

    static IReadOnlyList<Estimate> MinusNone(Results results) => Estimate.Holm([.. from network in Networks from place in (string[])[Before, After]
        select results.AccuracyDifference(Side(network, place), Side(network, None))]);

    static Verdict AfterBelongs(Results results) => Judgement.InEach([.. Networks.Select(network =>
        results.AccuracyDifference(Side(network, After), Side(network, Before)))]);

    /// <summary>A place that costs accuracy against no batch norm at all is none where it can stand.</summary>
    static Verdict EitherServes(Results results)
    {
        var gains = MinusNone(results);
        bool Harms(int place) => gains.Where((_, i) => i % 2 == place).All(gain => gain.Below);
        return gains.All(gain => !gain.Below) ? Verdict.Holds : Harms(0) || Harms(1) ? Verdict.Wrong : Verdict.HoldsIf;
    }

    static string Orders(Results results) => "after against before, in accuracy: "
        + string.Join("; ", Networks.Zip(AfterMinusBefore(results), (network, order) => $"{network}, {Say.Points(order)}"));

    static string Gains(Results results) => "against none, in accuracy: "
        + string.Join("; ", Networks.Zip(MinusNone(results).Chunk(2), (network, gains) => $"{network}, {Before} {Say.Points(gains[0])}, {After} {Say.Points(gains[1])}"));

    static string Spreads(Results results) => string.Join(", ", ((string[])[Before, After, None])
        .Select(place => $"{place} {Say.Number(results.Mean(Side(Sigmoid, place), Spread))}"));
}
