using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': how smooth is the loss along the way (Santurkar et al. 2018), at one learning rate for both
/// on purpose: the steps along the gradient are then as long here as there.
/// </summary>
static class WhySmooth
{
    public const string Name = "why-smooth", Plain = "plain with He's start", BatchNorm = "batch norm with He's start";
    public const string Change = "change of the gradient";

    public static Study Make()
    {
        Side Side(string name, Experiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings()}; start He; learning rate {WhyStart.PlainRate}; at 10 places on the way half, one, two and four steps along the gradient, the largest change of the gradient over its length; geometric mean",
            seed => [Measure(experiment with { Init = WeightInit.He, LearningRate = WhyStart.PlainRate }, seed)]);
        return new Study
        {
            Name = Name,
            Question = $"{WhyTask.Text}: by how much does the gradient change, in its own length, within four steps along it?",
            Metrics = [Change],
            Sides = [Side(Plain, WhyTask.Plain), Side(BatchNorm, WhyTask.BatchNorm)],
            Sentences = new Dictionary<string, Func<Results, string>> { ["change"] = Less },
        };
    }

    public static string Less(Results results) => Say.Times(results.Ratio(Plain, BatchNorm, Change), "times less", "times more");

    static double Measure(Experiment experiment, int seed) =>
        Math.Exp(Landscape.Of(experiment, seed, points: 10).Average(look => Math.Log(look.LargestChange / look.GradientLength)));
}
