using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 04: does a linear classifier learn more from what a hidden layer gives out when each column is normalized, as it does
/// from raw measurements?
/// </summary>
static class HiddenTables
{
    static readonly int[] Layers = [1, 5, 10, 20];

    public static Study Make() => new()
    {
        Name = "hidden-tables",
        Question = "What layers 1, 5, 10 and 20 of an untrained network (20 layers of 100 ReLUs, He) make of the digits, as a table: how accurate is a linear classifier after 100 steps of 60 on the columns as they are and on normalized ones, each with its best learning rate?",
        Metrics = [TrainingMetric.Accuracy.Name],
        Sides = [.. Layers.SelectMany(layer => new[] { Side(layer, normalized: false), Side(layer, normalized: true) })],
        Judgements = [new("same-logic-inside",
            results => Judgement.InEach([.. Layers.Select(layer => Gain(results, layer))]),
            results => string.Join("; ", Layers.Select(layer => $"layer {layer}: {Say.Points(Gain(results, layer))}")))],
        Sentences = new Dictionary<string, Func<Results, string>>(Layers.Select(layer =>
            new KeyValuePair<string, Func<Results, string>>($"gain-{layer}", results => Say.Points(Gain(results, layer))))),
    };

    /// <summary>The network whose layers give the tables.</summary>
    public static Experiment Network { get; } = new()
    {
        Data = DataSets.Digits.Standardized(),
        Network = Perceptron.Deep(20, 100),
        Init = WeightInit.He,
    };

    static TrainedSide Side(int layer, bool normalized)
    {
        DataSet Table(int seed) => HiddenLayer.AsData(Network, layer, seed) is var table && normalized ? table.Standardized() : table;
        return new TrainedSide(Name(layer, normalized), Network with { Network = new Perceptron(), Steps = 100, EvaluateEvery = 100 }, [TrainingMetric.Accuracy])
        {
            Starts = [WeightInit.PyTorch],
            Rates = [0.05, 0.1, 0.2],
            DataBySeed = new($"what layer {layer} of {Network.Network} with start {Network.Init} and the seed's weights makes of it, {(normalized ? "each column normalized over the training samples" : "as it is")}", Table),
        };
    }

    static string Name(int layer, bool normalized) => string.Create(CultureInfo.InvariantCulture, $"layer {layer}: columns {(normalized ? "normalized" : "as they are")}");

    static Estimate Gain(Results results, int layer) => results.AccuracyDifference(Name(layer, true), Name(layer, false));
}
