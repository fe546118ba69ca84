using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 03: does a network learn more from normalized columns, each side with its best start and learning rate?</summary>
static class NormalizedInputs
{
    const string Raw = "raw columns", Inside = "raw columns and batch norm inside", Normalized = "normalized columns";

    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.Accuracy, TrainingMetric.StepsTo(0.95)];
        var raw = new Experiment
        {
            Data = DataSets.BreastCancer,
            Network = new Perceptron(16),
            BatchSize = 32,
            Steps = 150,
            EvaluateEvery = 5,
        };
        TrainedSide Side(string name, Experiment experiment, params IReadOnlyList<double> rates) => new(name, experiment, metrics)
        {
            Rates = rates,
            Score = LateAccuracy,
            ScoreIs = "mean accuracy of steps 105 to 150",
        };
        return new Study
        {
            Name = "normalized-inputs",
            Question = "Breast cancer, 30 columns, 16 hidden ReLUs, SGD, batches of 32, 150 steps: how accurate is the network on raw and on normalized columns, each side with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides =
            [
                Side(Raw, raw, 1e-4, 2e-4, 5e-4),
                Side(Inside, raw with { Normalization = Norm.Batch }, 0.005, 0.01, 0.02),
                Side(Normalized, raw with { Data = DataSets.BreastCancer.Standardized() }, 0.05, 0.1, 0.2),
            ],
            Judgements =
            [
                new("inputs-improve-performance",
                    results => results.AccuracyDifference(Normalized, Raw) switch
                    {
                        { Above: true } => Verdict.Holds,
                        { Below: true } => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"normalized columns against raw ones: {Say.Points(results.AccuracyDifference(Normalized, Raw))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["gain"] = results => Say.Points(results.AccuracyDifference(Normalized, Raw)),
                ["steps"] = results => Say.Times(results.Ratio(Raw, Normalized, metrics[1].Name), "times fewer steps", "times as many steps"),
                ["gain-inside"] = results => Say.Points(results.AccuracyDifference(Inside, Raw)),
                ["inside-against-normalized"] = results => Say.Points(results.AccuracyDifference(Inside, Normalized)),
            },
        };
    }

    // A run that jumps about would be judged by luck at any one look.
    static double LateAccuracy(Run run) => run.Tests.TakeLast(10).Average(look => look.Accuracy);
}
