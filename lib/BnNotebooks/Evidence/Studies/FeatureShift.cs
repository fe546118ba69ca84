using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: clients whose images differ in brightness: should each keep its batch norms to itself?</summary>
static class FeatureShift
{
    public const string Name = "feature-shift";
    const string None = "none", Averaged = "batch norm averaged", Local = "batch norm kept local", Group = "group norm";
    const int Rounds = 20, LocalSteps = 10, BatchSize = 30;

    public static Study Make() => new()
    {
        Name = Name,
        Question = "Digits, perceptron 64-64, 4 clients that see the digits as they are, with a fifth of the light, inverted, and in fog; 20 rounds of 10 steps of SGD with batches of 30, networks averaged after each: what mean accuracy on their own test digits if batch norm is averaged too, if it stays local, and without it? He's start, each with its best learning rate.",
        Metrics = [TrainingMetric.Accuracy.Name],
        Seeds = 20,
        Sides = [Side(None, Norm.None), Side(Averaged, Norm.Batch), Side(Local, Norm.Batch, stayLocal: true), Side(Group, Norm.Group with { Groups = 8 })],
        Judgements =
        [
            new("local-batch-norm-better",
                results => Better(results, Averaged) switch
                {
                    { Above: true } => Verdict.Holds,
                    { Below: true } => Verdict.Wrong,
                    _ => Verdict.Contested,
                },
                results => $"kept local, batch norm is {Say.Points(Better(results, Averaged))} of batch norm averaged"),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["local-against-averaged"] = results => Say.Points(Better(results, Averaged)),
            ["local-against-group"] = results => Say.Points(Better(results, Group)),
            ["local-against-none"] = results => Say.Points(Better(results, None)),
        },
    };

    /// <summary>The data of the four clients: a quarter of the digits each, as each sees them.</summary>
    public static IReadOnlyList<DataSet> Split(DataSet data)
    {
        Func<Samples, Samples>[] views =
        [
            samples => samples, samples => ImageChanges.Darker(samples, 0.2),
            samples => samples.Change((pixel, _) => 1 - pixel), samples => ImageChanges.Foggy(samples, 0.6),
        ];
        return [.. views.Index().Select(view => new DataSet(data.Name,
            view.Item(data.Train.Rows([.. Enumerable.Range(0, data.Train.Count).Where(row => row % views.Length == view.Index)])), view.Item(data.Test)))];
    }

    static RatedSide Side(string name, Norm norm, bool stayLocal = false) => RatedSide.ByFirstMetric(name,
        Federated.What(4, Rounds, LocalSteps, BatchSize, norm, $"digits as they are, light 0.2, inverted, fog 0.6, a quarter each{(stayLocal ? "; normalizations stay local" : "")}"),
        WeightInit.He, (rate, seed) => [Federated.Accuracy(Split(Federated.DataFor(seed)), norm, rate, seed, Rounds, LocalSteps, BatchSize, stayLocal)]) with
    { Rates = [0.1, 0.2, 0.5] };

    static Estimate Better(Results results, string than) => results.Difference(Local, than, TrainingMetric.Accuracy.Name);
}
