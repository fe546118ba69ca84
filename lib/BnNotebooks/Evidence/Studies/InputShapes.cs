using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 12: does batch norm do worse than no normalization where the inputs are not normally distributed?</summary>
static class InputShapes
{
    public const string Name = "input-shapes";
    const string None = "none", Batch = "batch norm";
    static readonly string[] Shapes = [.. BentInputs.Shapes.Select(shape => shape.Name)];

    public static Study Make()
    {
        var cancer = Halves();
        TrainedSide Side(string shape, Func<double, double> quantile, string name, Norm norm) => new(At(shape, name), new Experiment
        {
            Data = BentInputs.Bend(cancer, quantile),
            Network = new Perceptron(32, 32),
            Normalization = norm,
            BatchSize = 32,
            Steps = 200,
            EvaluateEvery = 200,
        }, [TrainingMetric.Accuracy])
        {
            // The loss tells rates apart where nearly all of the few validation samples are right.
            Starts = [WeightInit.He],
            Rates = [0.02, 0.05, 0.1],
            Score = run => -run.TestLoss,
            ScoreIs = "lowest loss at the end",
            TuningSeeds = 2,
        };
        return new Study
        {
            Name = Name,
            Question = "Breast cancer, every column bent into five distributions with its order kept, half for testing; perceptron 32-32, 200 steps of SGD with batches of 32, He's start: what accuracy without and with batch norm, each with its best learning rate for each distribution?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Sides =
            [
                .. from shape in BentInputs.Shapes
                   from side in ((string, Norm)[])[(None, Norm.None), (Batch, Norm.Batch)]
                   select Side(shape.Name, shape.Quantile, side.Item1, side.Item2),
            ],
            Judgements =
            [
                new("inputs-must-be-normal",
                    // Not whether it is behind on a shape, but whether it is more so there than on normal inputs.
                    results => Shapes.Skip(1).Count(shape => ByTheShape(results, shape).Above) switch
                    {
                        0 => Verdict.Wrong,
                        4 => Verdict.Holds,
                        _ => Verdict.HoldsIf,
                    },
                    results => $"batch norm against no normalization: {string.Join("; ", Shapes.Select(shape => $"{Points(results, shape)} on {Inputs(shape)}"))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>(
                Shapes.Select(shape => new KeyValuePair<string, Func<Results, string>>(shape.Replace(' ', '-'), results => Points(results, shape))))
            {
                ["by-the-shape"] = results => string.Join("; ", Shapes.Skip(1).Select(shape =>
                    $"{Inputs(shape)}, {Say.Points(ByTheShape(results, shape), more: "further behind", less: "further ahead")}")),
            },
        };
    }

    /// <summary>The training part of the breast cancer data, half of it for testing: small differences need many test samples.</summary>
    public static DataSet Halves() => DataSet.Split(DataSets.BreastCancer.Name, DataSets.BreastCancer.Train, testShare: 0.5);

    static string Inputs(string shape) => $"{shape} inputs";

    static string At(string shape, string name) => $"{shape}: {name}";

    static string Points(Results results, string shape) => Say.Points(Behind(results, shape), more: "behind", less: "ahead");

    // By how much batch norm is further behind on a shape than on normal inputs, over seeds; corrected for the four shapes.
    static Estimate ByTheShape(Results results, string shape)
    {
        double[] Lost(string on) => results.Differences(At(on, None), At(on, Batch), TrainingMetric.Accuracy.Name);
        var normal = Lost(Shapes[0]);
        return Estimate.Holm([.. Shapes.Skip(1).Select(each => Estimate.Mean([.. Lost(each).Zip(normal, (here, there) => here - there)]))])
            [Array.IndexOf(Shapes, shape) - 1];
    }

    static Estimate Behind(Results results, string shape) =>
        Estimate.Holm([.. Shapes.Select(each => results.AccuracyDifference(At(each, None), At(each, Batch)))])[Array.IndexOf(Shapes, shape)];
}
