using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 04: what becomes of one batch and its gradient on the way through 20 untrained layers.</summary>
static class TwentyLayers
{
    const int Layers = 20, Width = 100, Middle = 10;
    const string Signal = "signal a layer", Gradient = "gradient a layer", FirstRank = "stable rank of layer 1", LastRank = "stable rank of layer 20",
        Dead = "dead units of layer 20", Norm10 = "gradient norm of layer 10", Relative10 = "relative gradient of layer 10";

    static readonly (string Name, WeightInit Init) Default = ("PyTorch's default", WeightInit.PyTorch), He = ("He", WeightInit.He),
        Large = ("He × 4/3", WeightInit.He.Times(4 / 3.0)), Small = ("σ = 0.03", WeightInit.Normal(0.03));

    public static Study Make() => new()
    {
        Name = "twenty-layers",
        Question = "One batch of 60 digits, pixels normalized, through 20 untrained layers of 100 ReLUs: what becomes of the signal, of its gradient and of the differences between the samples, with four initializations, without and with batch norm?",
        Metrics = [Signal, Gradient, FirstRank, LastRank, Dead, Norm10, Relative10],
        Sides = [.. new[] { Norm.None, Norm.Batch }.SelectMany(norm => new[] { Default, He, Large, Small }.Select(start => SideOf(start, norm)))],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["signal-default"] = results => Factor(results, Default, Norm.None, Signal),
            ["signal-he"] = results => Factor(results, He, Norm.None, Signal),
            ["gradient-he"] = results => Factor(results, He, Norm.None, Gradient),
            ["gradient-batch"] = results => Factor(results, He, Norm.Batch, Gradient),
            ["dead-he"] = results => Say.Percent(results.Mean(Name(He, Norm.None), Dead)),
            ["rank-he"] = results => FromTo(results, Norm.None),
            ["rank-batch"] = results => FromTo(results, Norm.Batch),
            ["gradient-across-starts"] = results => Across(results, Norm10),
            ["relative-across-starts"] = results => Across(results, Relative10),
        },
    };

    static string Name((string Name, WeightInit Init) start, Norm norm) => $"{start.Name} {(norm == Norm.None ? "without" : "with")} batch norm";

    static MeasuredSide SideOf((string Name, WeightInit Init) start, Norm norm)
    {
        var deep = new Experiment
        {
            Data = DataSets.Digits.Standardized(),
            Network = Perceptron.Deep(Layers, Width),
            BatchSize = 60,
            Init = start.Init,
            Normalization = norm,
        };
        return new MeasuredSide(Name(start, norm), $"{deep.Settings()}; start {deep.Init}; the seed's first batch in training mode, no step made", seed => Look(deep, seed));
    }

    static double[] Look(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        var layers = Signals.Of(training);
        var (first, middle, last) = (layers[0], layers[Middle - 1], layers[^1]);
        static double ALayer(double factor) => Math.Pow(factor, 1.0 / (Layers - 1));
        return
        [
            ALayer(last.OutputTable.Signal / first.OutputTable.Signal), ALayer(first.GradientDeviation / last.GradientDeviation),
            first.OutputTable.StableRank, last.OutputTable.StableRank, last.OutputTable.DeadShare, middle.WeightGradient, middle.RelativeGradient,
        ];
    }

    static string Factor(Results results, (string Name, WeightInit Init) start, Norm norm, string metric)
    {
        var factor = Estimate.GeometricMean(results.Values(Name(start, norm), metric));
        return $"{Say.Which(factor, "grows", "shrinks", "keeps its size")}, by a factor of {Say.Number(factor)} a layer";
    }

    static string FromTo(Results results, Norm norm) =>
        $"{Say.Number(results.Mean(Name(He, norm), FirstRank))} after the first layer and {Say.Number(results.Mean(Name(He, norm), LastRank))} after the twentieth";

    // The smallest weights against the largest, both with batch norm.
    static string Across(Results results, string metric) =>
        Say.Times(results.Ratio(Name(Small, Norm.Batch), Name(Large, Norm.Batch), metric), "times as large", "times smaller");
}
