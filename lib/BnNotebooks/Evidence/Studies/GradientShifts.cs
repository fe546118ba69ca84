using System.Globalization;
using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 02: the shift by two measures, at several learning rates, with and without batch norm from equal starts: how far
/// distributions wander (Ioffe and Szegedy 2015), and how far a layer's gradient turns when the layers before it make their step
/// (Santurkar et al. 2018).
/// </summary>
static class GradientShifts
{
    const string Change = "relative change of the gradient";

    static readonly double[] Rates = [0.02, 0.1, 0.2];

    static readonly string Wander = TrainingMetric.Wander.Name;

    public static Study Make()
    {
        var plain = new Experiment
        {
            Data = DataSets.Digits,
            Network = new Perceptron(100, 100, 100),
            Steps = 150,
            EvaluateEvery = 5,
            Watch = Watch.Activations,
        };
        Side Side(string name, Experiment experiment) => MeasuredSide.On(Named(name, experiment.Init, experiment.LearningRate), experiment,
            "8 looks at the gradients of layers 2 to 4, mean; wander of one unit in each layer, mean", seed => Measure(experiment, seed));
        return new Study
        {
            Name = "gradient-shift",
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60, the first 150 steps, the same start and learning rate with and without batch norm: how far does a layer's gradient change when the layers before it make their step, and how far does the median of a unit's input wander?",
            Metrics = [Change, Wander],
            Sides = [.. from start in (WeightInit[])[WeightInit.PyTorch, WeightInit.He] from rate in Rates from norm in (Norm[])[Norm.None, Norm.Batch]
                        select Side(norm == Norm.None ? "plain" : "batch norm", plain with { Init = start, LearningRate = rate, Normalization = norm })],
            Judgements =
            [
                new("mitigates-shift", Mitigates,
                    results => $"with batch norm, from He's start, the gradient of a layer changes {ByRate(results, WeightInit.He, Change)}, and the median of a unit's input wanders {ByRate(results, WeightInit.He, Wander)}; from PyTorch's default start the gradient changes {ByRate(results, WeightInit.PyTorch, Change)}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gradients"] = results => ByRate(results, WeightInit.He, Change),
                ["gradients-default"] = results => ByRate(results, WeightInit.PyTorch, Change),
                ["medians"] = results => ByRate(results, WeightInit.He, Wander),
            },
        };
    }

    // What happens from a good start decides; the default start, with which the plain network hardly learns, can only add an 'if'.
    static Verdict Mitigates(Results results)
    {
        var well = Estimate.Holm([.. Rates.Select(rate => Ratio(results, WeightInit.He, rate, Change)), .. Rates.Select(rate => Ratio(results, WeightInit.He, rate, Wander))]);
        var badly = Estimate.Holm([.. Rates.Select(rate => Ratio(results, WeightInit.PyTorch, rate, Change))]);
        return (well.Any(ratio => ratio.Below), well.Any(ratio => ratio.Above)) switch
        {
            (true, true) or (false, false) => Verdict.Contested, // it depends on the measure or the rate, or nothing is seen
            (false, true) => Verdict.Wrong,
            (true, false) => well.All(ratio => ratio.Below) && !badly.Any(ratio => ratio.Above) ? Verdict.Holds : Verdict.HoldsIf,
        };
    }

    static string Named(string name, WeightInit start, double rate) => string.Create(CultureInfo.InvariantCulture, $"{name}; {start} {rate}");

    static Estimate Ratio(Results results, WeightInit start, double rate, string metric) =>
        results.Ratio(Named("batch norm", start, rate), Named("plain", start, rate), metric);

    static string ByRate(Results results, WeightInit start, string metric)
    {
        string[] each = [.. Rates.Select(rate => string.Create(CultureInfo.InvariantCulture,
            $"{Say.Times(Ratio(results, start, rate, metric), "times as much", "times less")} at a learning rate of {rate}"))];
        return $"{string.Join(", ", each[..^1])} and {each[^1]}";
    }

    static double[] Measure(Experiment experiment, int seed) =>
        [GradientShift.Of(experiment, seed, points: 8).Average(look => look.Relative), Recorder.Record(experiment, seed).Wander()];
}
