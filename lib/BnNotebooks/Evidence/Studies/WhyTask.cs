using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// The one task of all studies that ask why batch norm works, so that what they find compares: a network deep enough that a good
/// start alone leaves a gain, in a training short enough that the gain is large beside the noise.
/// </summary>
static class WhyTask
{
    public const string Text = "Digits, perceptron of 10 hidden layers of 50 with ReLU, SGD, batches of 60, 200 steps";

    public static string Accuracy { get; } = TrainingMetric.Accuracy.Name;

    public static Experiment Plain { get; } = new() { Data = DataSets.Digits, Network = Perceptron.Deep(10, 50), Steps = 200, EvaluateEvery = 200 };

    public static Experiment BatchNorm { get; } = Plain with { Normalization = Norm.Batch };

    /// <summary>A side without batch norm. Its best rates are smaller.</summary>
    public static TrainedSide PlainSide(string name, Experiment experiment, params IReadOnlyList<WeightInit> starts) =>
        new(name, experiment, [TrainingMetric.Accuracy]) { Starts = starts, Rates = [0.01, 0.02, 0.05], TuningSeeds = 6 };

    /// <summary>A side with batch norm.</summary>
    public static TrainedSide NormalizedSide(string name, Experiment experiment) =>
        new(name, experiment, [TrainingMetric.Accuracy]) { Starts = [WeightInit.PyTorch, WeightInit.He], Rates = [0.05, 0.1, 0.2] };

    /// <summary>A study of this task with one side, to be held against those of <see cref="WhyStart"/>.</summary>
    /// <param name="name">The study's name.</param>
    /// <param name="question">What is asked of this task.</param>
    /// <param name="side">The side.</param>
    /// <param name="share">Which share of the gain that is: given to the plain network, or lost by the one with batch norm.</param>
    public static Study OneSide(string name, string question, Side side, Func<Results, string, Estimate> share) => new()
    {
        Name = name,
        Question = $"{Text}: {question}",
        Metrics = [Accuracy],
        Sides = [side],
        Sentences = new Dictionary<string, Func<Results, string>>
        {
            ["accuracy"] = results => Say.Percent(results.Mean(side.Name, Accuracy)),
            ["share"] = results => Say.Share(share(results, side.Name)),
        },
    };
}
