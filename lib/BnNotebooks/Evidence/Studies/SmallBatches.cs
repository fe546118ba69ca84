using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 12, to which 11 and 13 refer: what small batches do to batch norm, to its rivals, and what helps. Every side has a
/// start and a learning rate of its own for every batch size.
/// </summary>
static class SmallBatches
{
    public const string Name = "small-batches";
    const string Plain = "plain", Batch = "batch norm", Layer = "layer norm", Group = "group norm",
        Fresh = "batch norm + fresh statistics", Expected = "batch norm + expected companions", Frozen = "batch norm + frozen at the end",
        Renorm = "batch renorm", Cnn = "CNN ";
    static readonly int[] Sizes = [2, 4, 8, 32], SizesOfCnn = [2], SmallSizes = [2];

    public static Study Make()
    {
        var perceptron = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100), Steps = 400, EvaluateEvery = 400 };
        var cnn = perceptron with { Data = DataSets.FashionMnist, Network = new Cnn(8, 16) };
        var batch = perceptron with { Normalization = Norm.Batch };
        return new Study
        {
            Name = Name,
            Question = "Digits, perceptron 100-100, 400 steps of SGD with batches of 2, 4, 8 and 32 (and Fashion-MNIST, CNN 8-16, with batches of 2): what accuracy is reached, each side with its best start and learning rate at each size?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Sides =
            [
                .. Sizes.SelectMany(size => (Side[])
                [
                    Side(Plain, perceptron, size), Side(Batch, batch, size),
                    Side(Layer, perceptron with { Normalization = Norm.Layer }, size),
                    Side(Group, perceptron with { Normalization = Norm.Group with { Groups = 5 } }, size), // of 20 units
                ]),
                .. SmallSizes.SelectMany(size => (Side[])
                [
                    Side(Fresh, batch with { InUse = InUse.FreshStatistics }, size),
                    Side(Expected, batch with { InUse = InUse.Expected }, size),
                    Side(Frozen, batch with { FrozenSteps = 100 }, size),
                    Side(Renorm, perceptron with { Normalization = Norm.ByHand("renorm") }, size),
                ]),
                .. SizesOfCnn.SelectMany(size => (Side[])
                [
                    Side(Cnn + Plain, cnn, size), Side(Cnn + Batch, cnn with { Normalization = Norm.Batch }, size),
                    Side(Cnn + Group, cnn with { Normalization = Norm.Group with { Groups = 4 } }, size),
                ]),
            ],
            Judgements =
            [
                new("care-with-small-batches",
                    results => (Lead(results, Plain, 2), results.AccuracyDifference(At(Fresh, 2), At(Batch, 2)), results.AccuracyDifference(At(Plain, 2), At(Fresh, 2))) switch
                    {
                        ({ Above: false }, _, _) => Verdict.Wrong, // no trouble at two samples
                        (_, { Above: true }, { Above: false }) => Verdict.Holds, // and exact averages end it
                        _ => Verdict.HoldsIf, // trouble, but not that of the moving averages alone
                    },
                    results => $"batch norm against the plain network with batches of two: {Behind(results, Plain, 2)}; exact statistics in place of its moving averages: {Gain(results, Fresh, 2)}"),
                new("needs-large-batches",
                    results => Sizes.Select(size => IsBehind(results, size)).ToArray() switch
                    {
                        [false, false, false, false] => Verdict.Wrong,
                        [true, true, true, false] => Verdict.Holds,
                        [_, _, _, true] => Verdict.Contested, // batch norm is behind whatever the batch: that is not the batch's doing
                        _ => Verdict.HoldsIf, // if large means a few
                    },
                    results => $"batch norm against layer norm: {string.Join("; ", Sizes.Select(size => $"{Behind(results, Layer, size)} with batches of {size}"))}"),
                new("group-norm-alternative",
                    results => (Lead(results, Group, 2), Lead(results, Group, 32)) switch
                    {
                        ({ Above: true }, { Below: false }) => Verdict.Holds,
                        ({ Above: true }, _) => Verdict.HoldsIf, // if the batches must be small
                        (_, { Below: true }) => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"group norm against batch norm: {Say.Points(Lead(results, Group, 2))} with batches of two, {Say.Points(Lead(results, Group, 32))} with batches of 32"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["plain-at-2"] = results => Behind(results, Plain, 2),
                ["plain-at-4"] = results => Behind(results, Plain, 4),
                ["plain-at-8"] = results => Behind(results, Plain, 8),
                ["plain-at-32"] = results => Behind(results, Plain, 32),
                ["layer-at-2"] = results => Behind(results, Layer, 2),
                ["layer-at-4"] = results => Behind(results, Layer, 4),
                ["layer-at-8"] = results => Behind(results, Layer, 8),
                ["layer-at-32"] = results => Behind(results, Layer, 32),
                ["group-at-2"] = results => Say.Points(Lead(results, Group, 2)),
                ["group-at-32"] = results => Say.Points(Lead(results, Group, 32)),
                ["fresh-at-2"] = results => Gain(results, Fresh, 2),
                ["expected-at-2"] = results => Gain(results, Expected, 2),
                ["frozen-at-2"] = results => Gain(results, Frozen, 2),
                ["renorm-at-2"] = results => Gain(results, Renorm, 2),
                ["remedies-against-plain"] = results => string.Join("; ", ((string[])[Fresh, Expected, Frozen, Renorm])
                    .Zip(Estimate.Holm([.. ((string[])[Fresh, Expected, Frozen, Renorm]).Select(remedy => results.AccuracyDifference(At(remedy, 2), At(Plain, 2)))]),
                        (remedy, lead) => $"{remedy}: {Say.Points(lead)}")),
                ["cnn-plain-at-2"] = results => Behind(results, Cnn + Plain, 2, Cnn + Batch),
                ["cnn-group-at-2"] = results => Behind(results, Cnn + Group, 2, Cnn + Batch),
            },
        };
    }

    static string At(string what, int size) => $"{what} at {size}";

    static TrainedSide Side(string what, Experiment experiment, int size)
    {
        var image = experiment.Network is Experiments.Cnn;
        return new(At(what, size), experiment with { BatchSize = size }, [TrainingMetric.Accuracy])
        {
            Starts = image ? [WeightInit.He] : experiment.Normalization == Norm.None ? [WeightInit.Xavier, WeightInit.He] : [WeightInit.PyTorch, WeightInit.He],
            Rates = size < 8 ? [0.02, 0.05, 0.1] : [0.05, 0.1, 0.2],
            TuningSeeds = image ? 2 : 3,
        };
    }

    // A rival's lead over batch norm, corrected for all comparisons with rivals that the study makes of this network.
    static Estimate Lead(Results results, string rival, int size, string of = Batch)
    {
        var isCnn = of != Batch;
        (string Rival, int Size)[] all = [.. from s in isCnn ? SizesOfCnn : Sizes
                                             from r in isCnn ? (string[])[Cnn + Plain, Cnn + Group] : [Plain, Layer, Group]
                                             select (r, s)];
        return Estimate.Holm([.. all.Select(pair => results.AccuracyDifference(At(pair.Rival, pair.Size), At(of, pair.Size)))])[Array.IndexOf(all, (rival, size))];
    }

    static string Behind(Results results, string rival, int size, string of = Batch) =>
        Say.Points(Lead(results, rival, size, of), more: "behind", less: "ahead");

    static bool IsBehind(Results results, int size) => Lead(results, Layer, size).Above;

    // What a remedy gains over batch norm as it is, corrected for all remedies at both sizes.
    static string Gain(Results results, string remedy, int size)
    {
        (string Remedy, int Size)[] all = [.. from s in SmallSizes from r in (string[])[Fresh, Expected, Frozen, Renorm] select (r, s)];
        return Say.Points(Estimate.Holm([.. all.Select(pair => results.AccuracyDifference(At(pair.Remedy, pair.Size), At(Batch, pair.Size)))])[Array.IndexOf(all, (remedy, size))],
            more: "better", less: "worse");
    }
}
