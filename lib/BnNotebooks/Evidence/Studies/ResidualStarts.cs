using System.Globalization;
using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: how deep does a residual network train without normalization, if its branches start well?</summary>
static class ResidualStarts
{
    public const string Name = "residual-starts", Default = "default start", He = "He's start", Fixup = "Fixup's start", SkipInit = "SkipInit", BatchNorm = "batch norm";
    const int Width = 50;
    public static readonly int[] Depths = [4, 12, 36];

    public static Study Make() => new()
    {
        Name = Name,
        Question = "Digits, residual networks of 4, 12 and 36 blocks of two linear layers of 50 with ReLU, SGD, batches of 60, 100 steps: what accuracy without normalization from four starts of the branches, and with batch norm, each with its best learning rate?",
        Metrics = [TrainingMetric.Accuracy.Name],
        Seeds = 12,
        Sides = [.. Depths.SelectMany(Sides)],
        Judgements =
        [
            new("skipinit-trains-deep",
                // At the greatest depth, against both networks whose branches start at full size.
                results => (OverUsual(results, Default).Above, OverUsual(results, He).Above) switch
                {
                    (true, true) => Verdict.Holds,
                    (false, false) => OverUsual(results, Default).Below || OverUsual(results, He).Below ? Verdict.Wrong : Verdict.Contested,
                    _ => Verdict.HoldsIf, // against one of the two starts
                },
                results => $"at 36 blocks, SkipInit is {Say.Points(OverUsual(results, Default))} of the default start and {Say.Points(OverUsual(results, He))} of He's"),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>(
            from depth in Depths
            from sentence in (KeyValuePair<string, Func<Results, string>>[])
            [
                new($"skipinit-{depth}", results => Say.Points(results.AccuracyDifference(At(depth, SkipInit), At(depth, BatchNorm)))),
                new($"fixup-{depth}", results => Say.Points(results.AccuracyDifference(At(depth, Fixup), At(depth, BatchNorm)))),
                new($"he-{depth}", results => Say.Points(results.AccuracyDifference(At(depth, He), At(depth, BatchNorm)))),
                new($"default-{depth}", results => Say.Points(results.AccuracyDifference(At(depth, Default), At(depth, BatchNorm)))),
            ]
            select sentence),
    };

    /// <summary>The name of a side.</summary>
    public static string At(int blocks, string side) => string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks: {side}");

    static TrainedSide[] Sides(int blocks)
    {
        Experiment Branches(BranchStart start) => new()
        {
            Data = DataSets.Digits,
            Network = new ResidualBlocks(blocks, Width) { Branches = start },
            Steps = 100,
            EvaluateEvery = 100,
        };
        TrainedSide Side(string name, Experiment experiment, double[] rates, params IReadOnlyList<WeightInit> starts) =>
            new(At(blocks, name), experiment, [TrainingMetric.Accuracy]) { Starts = starts, Rates = rates, TuningSeeds = 2 };
        double[] small = [0.01, 0.02, 0.05], large = [0.05, 0.1, 0.2];
        return
        [
            Side(Default, Branches(BranchStart.Usual), small, WeightInit.PyTorch),
            Side(He, Branches(BranchStart.Usual), blocks < 12 ? small : [0.0001, 0.0002, 0.0005], WeightInit.He),
            Side(Fixup, Branches(BranchStart.Fixup), large, WeightInit.He),
            Side(SkipInit, Branches(BranchStart.FactorFromZero), large, WeightInit.PyTorch, WeightInit.He),
            Side(BatchNorm, Branches(BranchStart.Usual) with { Normalization = Norm.Batch }, large, WeightInit.PyTorch, WeightInit.He),
        ];
    }

    static Estimate OverUsual(Results results, string usual) =>
        Estimate.Holm([.. new[] { Default, He }.Select(start => results.AccuracyDifference(At(Depths[^1], SkipInit), At(Depths[^1], start)))])[usual == Default ? 0 : 1];
}
