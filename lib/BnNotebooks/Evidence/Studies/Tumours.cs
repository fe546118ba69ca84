using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 10, medicine: a table of measurements, for which a straight line may be enough.</summary>
static class Tumours
{
    const string Linear = "linear";

    public static Study Make()
    {
        TrainingMetric[] metrics =
        [
            TrainingMetric.Accuracy,
            new("sensitivity", run => RightOf(run, diagnosis: 1)),
            new("specificity", run => RightOf(run, diagnosis: 0)),
        ];
        var plain = new Experiment
        {
            Data = DataSets.BreastCancer.Standardized(),
            Network = new Perceptron(32, 32),
            BatchSize = 32,
            Steps = 200,
            EvaluateEvery = 200,
        };
        // By the loss: of a fifth of the tumours most settings get every one right.
        IReadOnlyList<Side> Sides(Experiment experiment) => Applications.Sides(experiment, metrics, run => -run.TestLoss, "smallest loss at the end");
        return new Study
        {
            Name = "tumours",
            Question = "Breast cancer table, perceptron 32-32 with ReLU and a linear model, Adam, batches of 32, 200 steps: how many of the test tumours are told apart, each side with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides = [Sides(plain with { Network = new Perceptron() })[0] with { Name = Linear }, .. Sides(plain)],
            Sentences = new Dictionary<string, Func<Results, string>>(Applications.AccuracySentences)
            {
                ["gain-over-linear"] = results => Say.Points(results.AccuracyDifference(Applications.BatchNorm, Linear)),
            },
        };
    }

    static double RightOf(Run run, int diagnosis) =>
        run.Experiment.Data.Test.Labels!.Zip(run.Right!).Where(sample => sample.First == diagnosis).Average(sample => sample.Second ? 1.0 : 0.0);
}
