using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 12: who loses how much accuracy when the test images are darker, foggier or noisier than those of training?</summary>
static class ChangedInputs
{
    public const string Name = "changed-inputs";
    const string None = "none", Batch = "batch norm", Group = "group norm";
    static readonly (string Name, Func<Samples, Samples> Of)[] Changes =
    [
        ("light 0.2", samples => ImageChanges.Darker(samples, 0.2)), ("fog 0.4", samples => ImageChanges.Foggy(samples, 0.4)),
        ("noise 0.3", samples => ImageChanges.Noisy(samples, 0.3)),
    ];

    public static Study Make()
    {
        var changed = new Lazy<Samples[]>(() => [.. Changes.Select(change => change.Of(DataSets.FashionMnist.Test))]);
        IReadOnlyList<double> Losses(Training training)
        {
            var own = training.Evaluate(DataSets.FashionMnist.Test).Accuracy;
            return
            [
                .. changed.Value.Select(samples => own - training.Evaluate(samples).Accuracy),
                .. changed.Value.Select(samples => own - training.EvaluateRecalibrated(samples).Accuracy),
            ];
        }
        TrainedSide Side(string name, Norm norm) => new(name, new Experiment
        {
            Data = DataSets.FashionMnist,
            Network = new Cnn(8, 16),
            Normalization = norm,
            BatchSize = 64,
            Steps = 250,
            EvaluateEvery = 250,
        }, [TrainingMetric.Accuracy])
        {
            Starts = [WeightInit.He],
            Rates = [0.1, 0.2, 0.5],
            TuningSeeds = 2,
            AtTheEnd = Losses,
            AtTheEndIs = $"accuracy lost on the 1000 test images by {string.Join(", ", Changes.Select(change => change.Name))}; the same with statistics of the changed images",
        };
        return new Study
        {
            Name = Name,
            Question = "Fashion-MNIST, CNN 8-16, 250 steps of SGD with batches of 64: how much of its accuracy does a network lose when the test images are darker, foggier or noisier, by its running statistics and by new ones taken from those images? He's start, each with its best learning rate.",
            Metrics = [TrainingMetric.Accuracy.Name, .. Changes.Select(change => Lost(change.Name)), .. Changes.Select(change => Recalibrated(change.Name))],
            Sides = [Side(None, Norm.None), Side(Batch, Norm.Batch), Side(Group, Norm.Group with { Groups = 4 })],
            Judgements =
            [
                new("less-robust-to-shift",
                    results => Changes.Count(change => More(results, None, change.Name).Above) switch
                    {
                        3 => Verdict.Holds,
                        0 => Verdict.Wrong,
                        _ => Verdict.HoldsIf, // it depends on the change
                    },
                    results => $"batch norm loses, against no normalization: {All(results, None)}"),
                new("less-sensitive-to-inputs",
                    results => (Changes.Count(change => More(results, None, change.Name).Below), Changes.Count(change => MoreRecalibrated(results, change.Name).Below)) switch
                    {
                        (3, _) => Verdict.Holds,
                        (0, 0) => Verdict.Wrong,
                        _ => Verdict.HoldsIf, // for some changes, or with statistics of the changed data
                    },
                    results => $"with statistics of the changed images, batch norm loses, against no normalization: {string.Join(", ", Changes.Select(change => $"{Points(MoreRecalibrated(results, change.Name))} in {change.Name}"))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["against-none"] = results => All(results, None),
                ["against-group"] = results => All(results, Group),
                ["recalibrated-against-none"] = results => string.Join(", ", Changes.Select(change => $"{Points(MoreRecalibrated(results, change.Name))} in {change.Name}")),
                ["new-statistics"] = results => string.Join(", ", Changes.Select(change =>
                    $"{Points(Estimate.Mean([.. results.Values(Batch, Recalibrated(change.Name)).Zip(results.Values(Batch, Lost(change.Name)), (a, b) => a - b)]))} in {change.Name}")),
                ["left-after-recalibration"] = results => string.Join(", ", Changes.Select(change => $"{Say.Percent(results.Mean(Batch, Recalibrated(change.Name)))} in {change.Name}")),
            },
        };
    }

    static string Lost(string change) => $"lost by {change}";

    static string Recalibrated(string change) => $"lost by {change} with new statistics";

    static string Points(Estimate difference) => Say.Points(difference, more: "more", less: "less");

    static string All(Results results, string than) => string.Join(", ", Changes.Select(change => $"{Points(More(results, than, change.Name))} in {change.Name}"));

    // How much more batch norm loses than another, corrected for the comparisons with both others.
    static Estimate More(Results results, string than, string change) => Compared(results)[Index(change) + (than == None ? 0 : 3)];

    static Estimate MoreRecalibrated(Results results, string change) => Compared(results)[Index(change) + 6];

    static int Index(string change) => Array.FindIndex(Changes, entry => entry.Name == change);

    static IReadOnlyList<Estimate> Compared(Results results) => Estimate.Holm(
    [
        .. from than in (string[])[None, Group] from change in Changes select results.Difference(Batch, than, Lost(change.Name)),
        .. from change in Changes
           select Estimate.Mean([.. results.Values(Batch, Recalibrated(change.Name)).Zip(results.Values(None, Lost(change.Name)), (a, b) => a - b)]),
    ]);
}
