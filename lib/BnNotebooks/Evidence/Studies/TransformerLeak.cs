using BnNotebooks.Claims;
using BnNotebooks.Experiments;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: does a causal transformer with batch norm learn to use the future, which the statistics of its batch contain?</summary>
static class TransformerLeak
{
    public const string Name = "transformer-leak", Layer = "layer norm", Batch = "batch norm";
    public const string Running = "loss by running statistics", Own = "loss by the batch's own statistics";
    public const string Future = "loss by batch statistics where the text goes on", OtherFuture = "the same where it goes on otherwise";
    const int Sequences = 2;

    public static Study Make()
    {
        RatedSide Of(string name, TokenNorm norm)
        {
            var experiment = With(norm) with { BatchSize = Sequences, Steps = 300 };
            var side = Side(name, experiment);
            return side with
            {
                What = $"{experiment.Settings}; chosen by the loss on the ninth tenth of the text, measured on the last: loss by running statistics and by those of each batch; and by those of each batch at places whose last four characters stand elsewhere too, with the continuation that is there and with that of the other place",
                Measure = (rate, seed) => Measure(experiment with { LearningRate = rate }, seed),
            };
        }
        return new Study
        {
            Name = Name,
            Question = $"Next character of Persuasion, causal transformer of 4 blocks, 32 channels and 4 heads, Adam, {Sequences} sequences of 32 characters a step, 300 steps, each with its best learning rate: which loss on test text by the running statistics and by those of the test batch, and is the next character better known by the latter if the text then goes on as it does, rather than as it does elsewhere after the same four characters?",
            Metrics = [Running, Own, Future, OtherFuture],
            Sides = [Of(Layer, TokenNorm.Layer), Of(Batch, TokenNorm.Batch)],
            Judgements =
            [
                new("batch-norm-leaks",
                    // Whoever knows the past alone finds both continuations as likely (almost: they share four characters, not all).
                    results => Minus(results, Future, OtherFuture) switch { { Below: true } => Verdict.Holds, { Above: true } => Verdict.Wrong, _ => Verdict.Contested },
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
        $"the next character where the text then goes on as it does, against going on as it does elsewhere after the same four characters: {Say.By(Minus(results, Future, OtherFuture), "nats a character", more: "higher", less: "lower")}";

    static string Gap(Results results) =>
        $"by running statistics against the batch's own: {Say.By(Minus(results, Running, Own), "nats a character", more: "higher", less: "lower")}";

    static double[] Measure(TextExperiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        training.Run(experiment.Steps);
        var (future, otherFuture) = FutureProbe.Losses(training);
        return [training.Evaluate(experiment.Text.Test), training.Evaluate(experiment.Text.Test, Statistics.Batch), future, otherFuture];
    }
}
