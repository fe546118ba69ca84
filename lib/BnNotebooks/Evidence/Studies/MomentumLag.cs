using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 06: how far evaluation by running statistics stays behind what training sees, by momentum.</summary>
static class MomentumLag
{
    const string Batch = "statistics of test batches";

    static readonly double[] Momenta = [0.1, 0.01, 0.001];
    static readonly int[] Steps = [20, 100, 400];

    public static Study Make()
    {
        TrainingMetric[] metrics = [.. Steps.Select(step =>
            new TrainingMetric(Metric(step), run => run.Tests.First(test => test.Step == step).Accuracy))];
        var experiment = new Experiment
        {
            Data = DataSets.Digits.Standardized(),
            Normalization = Norm.Batch,
            Steps = Steps[^1],
            EvaluateEvery = Steps[0],
        };
        TrainedSide Side(string name, Experiment of) => new(name, of, metrics) { Starts = [WeightInit.He], Rates = [0.1] };
        return new Study
        {
            Name = "momentum-lag",
            Question = "Digits, perceptron 100-100-100 with ReLU and batch norm, SGD at one rate, 0.1, on purpose: what is trained is the same network each time. What is its test accuracy after 20, 100 and 400 steps, by running statistics of momentum 0.1, 0.01 and 0.001 and by those of test batches?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Batch, experiment with { LookBy = Statistics.Batch }),
                .. Momenta.Select(momentum => Side(Name(momentum), experiment with { Normalization = Norm.Batch with { Momentum = momentum } })),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>(
                Momenta.Select(momentum => KeyValuePair.Create(Name(momentum).Replace(' ', '-').Replace('.', '-'), (Func<Results, string>)(results => Lag(results, momentum))))),
        };
    }

    static string Name(double momentum) => string.Create(CultureInfo.InvariantCulture, $"momentum {momentum}");

    static string Metric(int step) => string.Create(CultureInfo.InvariantCulture, $"accuracy after {step} steps");

    // All momenta at all looks are looked at together.
    static string Lag(Results results, double momentum)
    {
        Estimate[] all = [.. Estimate.Holm([.. from m in Momenta from step in Steps select results.Difference(Name(m), Batch, Metric(step))])];
        return string.Join("; ", Steps.Zip(all.Skip(Array.IndexOf(Momenta, momentum) * Steps.Length),
            (step, lag) => $"after {step} steps, {Say.Points(lag)}"));
    }
}
