using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: what becomes of a network that clients train together when each has other classes than the rest?</summary>
static class LabelSkew
{
    public const string Name = "label-skew";
    const string None = "none", Batch = "batch norm", Group = "group norm", Mixed = "all classes", Skewed = "two classes each";
    const int Clients = 5, Rounds = 150;
    static readonly string[] Norms = [None, Batch, Group];

    public static Study Make() => new()
    {
        Name = Name,
        Question = "Digits, perceptron 64-64, 5 clients that average their networks after every step of SGD with batches of 12, 150 rounds: what accuracy if every client has all classes, and if each has two that the others lack? He's start, each with its best learning rate.",
        Metrics = [TrainingMetric.Accuracy.Name],
        Seeds = 20,
        Sides =
        [
            .. from norm in ((string Name, Norm Of)[])[(None, Norm.None), (Batch, Norm.Batch), (Group, Norm.Group with { Groups = 8 })]
               from skewed in new[] { false, true }
               select RatedSide.ByFirstMetric(At(norm.Name, skewed ? Skewed : Mixed), Federated.What(Clients, Rounds, localSteps: 1, 12, norm.Of, skewed ? "two classes each" : "all classes each"),
                   WeightInit.He, (rate, seed) => [Federated.Accuracy(Split(Federated.DataFor(seed), skewed), norm.Of, rate, seed, Rounds, localSteps: 1, batchSize: 12, normsStayLocal: false)])
                   with { Rates = [0.1, 0.2, 0.5] },
        ],
        Judgements =
        [
            new("skew-hurts-batch-norm",
                results => (Lost(results, Batch), Estimate.Holm(LostMore(results, None), LostMore(results, Group))) switch
                {
                    ({ Above: false }, _) => Verdict.Wrong,
                    (_, [{ Above: true }, { Above: true }]) => Verdict.Holds,
                    _ => Verdict.HoldsIf, // it loses, but not more than both others
                },
                results => $"batch norm loses {Say.Percent(Lost(results, Batch))}: against no normalization {Say.Points(LostMore(results, None), "more", "less")}, against group norm {Say.Points(LostMore(results, Group), "more", "less")}"),
            new("group-norm-recovers-skew",
                results => results.Difference(At(Group, Skewed), At(Batch, Skewed), TrainingMetric.Accuracy.Name) switch
                {
                    { Above: true } => Verdict.Holds,
                    { Below: true } => Verdict.Wrong,
                    _ => Verdict.Contested,
                },
                results => $"with two classes each, group norm is {Say.Points(results.Difference(At(Group, Skewed), At(Batch, Skewed), TrainingMetric.Accuracy.Name))} of batch norm"),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>(Norms.Select(norm =>
            new KeyValuePair<string, Func<Results, string>>($"lost-{norm.Replace(' ', '-')}", results => Say.Points(Lost(results, norm), "lost", "gained"))))
        {
            ["group-against-batch"] = results => Say.Points(results.Difference(At(Group, Skewed), At(Batch, Skewed), TrainingMetric.Accuracy.Name)),
            ["group-against-none"] = results => Say.Points(results.Difference(At(Group, Skewed), At(None, Skewed), TrainingMetric.Accuracy.Name)),
        },
    };

    /// <summary>The data of five clients: two classes each, or all classes, as much data each time.</summary>
    public static IReadOnlyList<DataSet> Split(DataSet data, bool skewed) =>
        [.. Enumerable.Range(0, Clients).Select(client => data with
        {
            Train = data.Train.Rows([.. Enumerable.Range(0, data.Train.Count).Where(row => (skewed ? data.Train.Labels![row] / 2 : row % Clients) == client)]),
        })];

    static string At(string norm, string data) => $"{data}: {norm}";

    static double[] Losses(Results results, string norm) => results.Differences(At(norm, Mixed), At(norm, Skewed), TrainingMetric.Accuracy.Name);

    static Estimate Lost(Results results, string norm) => Estimate.Mean(Losses(results, norm));

    static Estimate LostMore(Results results, string than) =>
        Estimate.Mean([.. Losses(results, Batch).Zip(Losses(results, than), (batch, other) => batch - other)]);
}
