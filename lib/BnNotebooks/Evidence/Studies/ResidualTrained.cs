using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 18: do residual networks whose branches start small end where those with batch norm do? The authors speak of trained
/// networks, so that three times as many steps are made as where the depths are compared (<see cref="ResidualStarts"/>).
/// </summary>
static class ResidualTrained
{
    public const string Name = "residual-trained";

    public static Study Make()
    {
        TrainedSide Side(string name, BranchStart start, Norm norm, params IReadOnlyList<double> rates) => new(name, new Experiment
        {
            Data = DataSets.Digits,
            Network = new ResidualBlocks(12, 50) { Branches = start },
            Normalization = norm,
            Steps = 300,
            EvaluateEvery = 300,
        }, [TrainingMetric.Accuracy])
        {
            Starts = [WeightInit.He],
            Rates = rates,
            TuningSeeds = 2,
        };
        return new Study
        {
            Name = Name,
            Question = "Digits, residual network of 12 blocks of two linear layers of 50 with ReLU, SGD, batches of 60, 300 steps: what accuracy from Fixup's start, with SkipInit, and with batch norm, each with He's weights and its best learning rate?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Seeds = 12,
            Sides =
            [
                Side(ResidualStarts.Fixup, BranchStart.Fixup, Norm.None, 0.1, 0.2, 0.5),
                Side(ResidualStarts.SkipInit, BranchStart.FactorFromZero, Norm.None, 0.1, 0.2, 0.5),
                Side(ResidualStarts.BatchNorm, BranchStart.Usual, Norm.Batch, 0.05, 0.1, 0.2),
            ],
            Judgements = [Matches("skipinit-matches-batch-norm", ResidualStarts.SkipInit), Matches("fixup-matches-batch-norm", ResidualStarts.Fixup)],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["skipinit"] = results => Say.Points(Gain(results, ResidualStarts.SkipInit)),
                ["fixup"] = results => Say.Points(Gain(results, ResidualStarts.Fixup)),
            },
        };
    }

    // Two starts are held against batch norm at once.
    static Estimate Gain(Results results, string start)
    {
        string[] starts = [ResidualStarts.SkipInit, ResidualStarts.Fixup];
        return Estimate.Holm([.. starts.Select(each => results.AccuracyDifference(each, ResidualStarts.BatchNorm))])[Array.IndexOf(starts, start)];
    }

    static Judgement Matches(string claim, string start) => new(claim,
        results => Gain(results, start).Below ? Verdict.Wrong : Verdict.Holds,
        results => $"against batch norm: {Say.Points(Gain(results, start))}");
}
