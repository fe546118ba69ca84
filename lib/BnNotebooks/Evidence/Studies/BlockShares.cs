using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 18: how much do the branches of an untrained residual network add to what flows around them?</summary>
static class BlockShares
{
    public const string Name = "block-shares", Plain = "He without batch norm", BatchNorm = "He with batch norm";
    public const int Blocks = 36;
    const string First = "share of the branch in block 1", Last = "share of the branch in block 36", Times = "share in block 36 times 37";

    public static Study Make() => new()
    {
        Name = Name,
        Question = "One batch of 60 digits through an untrained residual network of 36 blocks of two linear layers of 50 with ReLU: which share of the variance behind a block comes from its branch, without and with batch norm?",
        Metrics = [First, Last, Times],
        Sides = [SideOf(Plain, Norm.None), SideOf(BatchNorm, Norm.Batch)],
        Judgements =
        [
            new("blocks-near-identity",
                results => (results.Ratio(BatchNorm, Plain, Last), results.Mean(BatchNorm, Times)) switch
                {
                    ({ Below: false }, _) => Verdict.Wrong,
                    // 'Of the order of': within a factor of two of 1/(ℓ + 1), which makes the metric 1.
                    (_, { Low: > 0.5, High: < 2 }) => Verdict.Holds,
                    _ => Verdict.HoldsIf, // smaller, but by another law
                },
                results => $"in block 36 the branch's share is {Say.Percent(results.Mean(BatchNorm, Last))} with batch norm and {Say.Percent(results.Mean(Plain, Last))} without; 37 times the first is {Say.Number(results.Mean(BatchNorm, Times))}"),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["last-batch"] = results => Say.Percent(results.Mean(BatchNorm, Last)),
            ["last-plain"] = results => Say.Percent(results.Mean(Plain, Last)),
            ["first-batch"] = results => Say.Percent(results.Mean(BatchNorm, First)),
        },
    };

    /// <summary>The untrained network.</summary>
    public static Experiment Untrained(Norm norm) => new()
    {
        Data = DataSets.Digits,
        Network = new ResidualBlocks(Blocks, 50),
        Init = WeightInit.He,
        Normalization = norm,
    };

    static MeasuredSide SideOf(string name, Norm norm)
    {
        var experiment = Untrained(norm);
        return MeasuredSide.On(name, experiment, "the seed's first batch in training mode, no step made; variances over the batch, averaged over the units", seed =>
        {
            using var training = experiment.Start(seed);
            var shares = BranchShares.Of(training);
            return [shares[0], shares[^1], shares[^1] * (Blocks + 1)];
        });
    }
}
