using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09: what a random network learns when only γ and β do (Frankle, Schwab and Morcos 2021), beside the control that only
/// the output layer does.
/// </summary>
static class GammaAndBeta
{
    public const string Name = "gamma-and-beta", Norms = "γ and β", Output = "output layer", All = "everything";

    public static Study Make()
    {
        var all = new Experiment
        {
            Data = DataSets.FashionMnist,
            Network = new Perceptron(100, 100, 100),
            Normalization = Norm.Batch,
            Steps = 400,
            EvaluateEvery = 400,
        };
        TrainedSide Side(string name, Trained trains) =>
            new(name, all with { Trains = trains }, [TrainingMetric.Accuracy]) { Starts = [WeightInit.He], Rates = [0.2, 0.5, 1] };
        return new Study
        {
            Name = Name,
            Question = "Fashion-MNIST (6,000 images), perceptron 100-100-100 with ReLU and batch norm, SGD, batches of 60, 400 steps: how accurate is it if only γ and β learn (600 numbers), only the output layer (1,010), or everything?",
            Metrics = [TrainingMetric.Accuracy.Name],
            Sides = [Side(Norms, Trained.Norms), Side(Output, Trained.Output), Side(All, Trained.All)],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["norms"] = results => Say.Percent(results.Mean(Norms, TrainingMetric.Accuracy.Name)),
                ["against-output"] = results => Say.Points(results.AccuracyDifference(Norms, Output)),
                ["against-everything"] = results => Say.Points(results.AccuracyDifference(Norms, All)),
            },
        };
    }
}
