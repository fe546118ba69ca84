using System.Globalization;
using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 04: how much of what batch norm gains does a good initialization give too, and how does that change with depth? Three
/// sides at each depth: the default initialization, a good one, and batch norm with whichever suits it best.
/// </summary>
static class Depth
{
    static readonly int[] Depths = [5, 10, 20, 30];

    public static Study Make() => new()
    {
        Name = "depth",
        Question = "Digits, pixels normalized, perceptrons of 5, 10, 20 and 30 hidden layers of 50 ReLUs, SGD, batches of 60, 400 steps: what does a good start gain, and what does batch norm gain beyond it, each side with its best start and learning rate?",
        Metrics = [TrainingMetric.Accuracy.Name],
        Sides = [.. Depths.SelectMany(Sides)],
        Judgements = [new("descent-converges-better",
            results => (Judgement.InEach([.. Depths.Select(depth => BeyondTheStart(results, depth))]), MoreWithDepth(results).Above) switch
            {
                (Verdict.Holds, true) => Verdict.HoldsIf, // how much it gains depends on the depth, which the slide does not name
                (var verdict, _) => verdict,
            },
            results => string.Join("; ", Depths.Select(depth => $"{depth} layers: {Say.Points(BeyondTheStart(results, depth))}")))],
        Sentences = new Dictionary<string, Func<Results, string>>(Depths.SelectMany(Sentences))
        {
            ["more-with-depth"] = results => Say.Points(MoreWithDepth(results), "more than at 5 layers", "less than at 5 layers"),
        },
    };

    static string Default(int depth) => Name(depth, "plain with the default start");

    static string Plain(int depth) => Name(depth, "plain with a good start");

    static string BatchNorm(int depth) => Name(depth, "batch norm");

    static string Name(int depth, string side) => string.Create(CultureInfo.InvariantCulture, $"{depth} layers: {side}");

    static TrainedSide[] Sides(int depth)
    {
        var plain = new Experiment
        {
            Data = DataSets.Digits.Standardized(),
            Network = Perceptron.Deep(depth, 50),
            Steps = 400,
            EvaluateEvery = 400,
        };
        // Without batch norm the deeper the network, the smaller its best rate: begin near it, so that little is tried in vain.
        double[] small = depth < 20 ? [0.02, 0.05, 0.1] : [0.01, 0.02, 0.05], large = [0.1, 0.2, 0.5];
        TrainedSide Side(string name, Experiment experiment, double[] rates, params IReadOnlyList<WeightInit> starts) =>
            new(name, experiment, [TrainingMetric.Accuracy]) { Starts = starts, Rates = rates, TuningSeeds = 3 };
        return
        [
            Side(Default(depth), plain, large, WeightInit.PyTorch),
            Side(Plain(depth), plain, small, WeightInit.Xavier, WeightInit.He),
            Side(BatchNorm(depth), plain with { Normalization = Norm.Batch }, large, WeightInit.PyTorch, WeightInit.Xavier, WeightInit.He),
        ];
    }

    static IEnumerable<KeyValuePair<string, Func<Results, string>>> Sentences(int depth) =>
    [
        new($"start-{depth}", results => Say.Points(results.AccuracyDifference(Plain(depth), Default(depth)))),
        new($"beyond-{depth}", results => Say.Points(BeyondTheStart(results, depth))),
    ];

    static Estimate BeyondTheStart(Results results, int depth) => results.AccuracyDifference(BatchNorm(depth), Plain(depth));

    // Over the seeds alone: both gains are on the same test samples.
    static Estimate MoreWithDepth(Results results) =>
        Estimate.Mean([.. Gains(results, Depths[^1]).Zip(Gains(results, Depths[0]), (deep, shallow) => deep - shallow)]);

    static double[] Gains(Results results, int depth) => results.Differences(BatchNorm(depth), Plain(depth), TrainingMetric.Accuracy.Name);
}
