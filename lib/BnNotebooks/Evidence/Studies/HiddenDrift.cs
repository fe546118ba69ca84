using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 04: a table of measurements stays as it is; how far does training move what a hidden layer gives out?</summary>
static class HiddenDrift
{
    const string Side = "layer 10 of 20", Metric = "shift of the middle unit's mean in its own standard deviations";

    // The mean of a batch of 60 is off by about 1/√60 = 0.13 standard deviations by chance alone, so normalizing by a batch is
    // never more exact than that: a table that moves less could be normalized once and for all.
    static readonly double Chance = 1 / Math.Sqrt(60);

    public static Study Make()
    {
        var deep = HiddenTables.Network with { LearningRate = 0.02, Steps = 100 };
        return new Study
        {
            Name = "hidden-drift",
            Question = "Digits, 20 layers of 100 ReLUs, He, no batch norm, 100 steps of 60 at the learning rate 0.02: by how much does the mean of a unit of layer 10 move, on the same test digits, in standard deviations that it had before?",
            Metrics = [Metric],
            Sides = [new MeasuredSide(Side, $"{deep.Settings()}; start {deep.Init}; learning rate {FormattableString.Invariant($"{deep.LearningRate}")}; outputs of layer 10 on the test samples, median over the units that vary", seed => [HiddenLayer.Drift(deep, layer: 10, seed)])],
            Judgements =
            [
                new("activations-are-inputs",
                    results => Moved(results) switch
                    {
                        { Low: var low } when low > Chance => Verdict.HoldsIf, // within one pass
                        { High: var high } when high < Chance => Verdict.Holds,
                        _ => Verdict.Contested,
                    },
                    results => $"in 100 steps the middle unit's mean moves by {Say.Number(Moved(results))} of its own standard deviations"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["moved"] = results => $"{Say.Number(Moved(results))} of its own standard deviations",
            },
        };
    }

    static Estimate Moved(Results results) => results.Mean(Side, Metric);
}
