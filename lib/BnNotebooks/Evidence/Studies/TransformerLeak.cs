using BnNotebooks.Claims;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: does a causal transformer with batch norm look into the future, through the statistics of its batch?</summary>
static class TransformerLeak
{
    public const string Name = "transformer-leak", Layer = "layer norm", Batch = "batch norm";
    public const string Running = "loss by running statistics", Own = "loss by the batch's own statistics", Preceding = "loss by the preceding text's statistics";
    const int Sequences = 2;

    public static Study Make()
    {
        RatedSide Of(string name, TokenNorm norm)
        {
            var experiment = With(norm) with { BatchSize = Sequences, Steps = 300 };
            var side = Side(name, experiment);
            return side with
            {
                What = $"{experiment.Settings}; chosen by the loss on the ninth tenth of the text, measured on the last: loss by running statistics, by those of each batch, and by those of the 32 characters before each of its sequences",
                Measure = (rate, seed) => Measure(experiment with { LearningRate = rate }, seed),
            };
        }
        return new Study
        {
            Name = Name,
            Question = $"Next character of Persuasion, causal transformer of 4 blocks, 32 channels and 4 heads, Adam, {Sequences} sequences of 32 characters a step, 300 steps, each with its best learning rate: which loss on test text by the running statistics, by those of the test batch itself, and by those of the text that precedes each of its sequences?",
            Metrics = [Running, Own, Preceding],
            Seeds = 10,
            Sides = [Of(Layer, TokenNorm.Layer), Of(Batch, TokenNorm.Batch)],
            Judgements =
            [
                new("batch-norm-leaks",
                    // The preceding text is as near and its statistics are as noisy; what they lack is the future.
                    results => Minus(results, Own, Preceding) switch { { Below: true } => Verdict.Holds, { Above: true } => Verdict.Wrong, _ => Verdict.Contested },
                    Leak),
                new("batch-norm-train-eval-gap",
                    results => Minus(results, Running, Own) switch { { Above: true } => Verdict.Holds, { Below: true } => Verdict.Wrong, _ => Verdict.Contested },
                    Gap),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["leak"] = Leak,
                ["gap"] = Gap,
                ["against-layer"] = results => Say.By(results.Difference(Batch, Layer, Running), "nats a character", more: "higher", less: "lower"),
            },
        };
    }

    static Estimate Minus(Results results, string metric, string other) =>
        Estimate.Mean([.. results.Values(Batch, metric).Zip(results.Values(Batch, other), (a, b) => a - b)]);

    static string Leak(Results results) =>
        $"by the batch's own statistics against those of the text before it: {Say.By(Minus(results, Own, Preceding), "nats a character", more: "higher", less: "lower")}";

    static string Gap(Results results) =>
        $"by running statistics against the batch's own: {Say.By(Minus(results, Running, Own), "nats a character", more: "higher", less: "lower")}";

    static double[] Measure(TextExperiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        training.Run(experiment.Steps);
        var running = training.Evaluate(experiment.Text.Test[experiment.Network.Context..]);
        var (own, preceding) = experiment.Network.Norm == TokenNorm.Batch ? TransformerProbes.LossByStatistics(training) : (running, running);
        return [running, own, preceding];
    }
}
