using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': in a residual network batch norm makes the branches small beside the connections around them.
/// A learned factor that starts at 0 does that alone (De and Smith 2020).
/// </summary>
static class WhyResidual
{
    public const string Name = "why-residual", Plain = "residual and plain", Scaled = "residual with branches from 0", BatchNorm = "residual with batch norm";

    public static Study Make()
    {
        var plain = WhyTask.Plain with { Network = new ResidualPerceptron(10, 50) };
        return new Study
        {
            Name = Name,
            Question = $"{WhyTask.Text}, with a connection around each hidden layer but the first: how much of what batch norm gains does a factor of each branch give, which is learned and starts at 0?",
            Metrics = [WhyTask.Accuracy],
            Sides =
            [
                WhyTask.PlainSide(Plain, plain, WeightInit.PyTorch, WeightInit.He),
                WhyTask.PlainSide(Scaled, plain with { Network = new ResidualPerceptron(10, 50) { LearnedScale = true } }, WeightInit.PyTorch, WeightInit.He),
                WhyTask.NormalizedSide(BatchNorm, plain with { Normalization = Norm.Batch }),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Plain)),
                ["share"] = results => Say.Share(WhyBoard.OfBranches(results)),
                ["scaled"] = results => Say.Points(results.AccuracyDifference(Scaled, Plain)),
            },
        };
    }
}
