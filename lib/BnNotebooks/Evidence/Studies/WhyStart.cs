using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09, 'Why does it work?': initialization, and the gain of which the other suspects are to explain a share.</summary>
static class WhyStart
{
    public const string Name = "why-start", Default = "plain with the default start", Plain = "plain with a good start", BatchNorm = "batch norm";

    /// <summary>The rate that was chosen for the network without batch norm; a test compares it with the evidence.</summary>
    public const double PlainRate = 0.05;

    public static Study Make() => new()
    {
        Name = Name,
        Question = $"{WhyTask.Text}: how much of what batch norm gains does a good start give too?",
        Metrics = [WhyTask.Accuracy],
        Sides =
        [
            WhyTask.PlainSide(Default, WhyTask.Plain, WeightInit.PyTorch),
            WhyTask.PlainSide(Plain, WhyTask.Plain, WeightInit.Xavier, WeightInit.He),
            WhyTask.NormalizedSide(BatchNorm, WhyTask.BatchNorm),
        ],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["start"] = results => Say.Points(results.AccuracyDifference(Plain, Default)),
            ["beyond"] = results => Say.Points(results.AccuracyDifference(BatchNorm, Plain)),
        },
    };
}
