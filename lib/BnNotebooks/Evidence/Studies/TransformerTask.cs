using BnNotebooks.Claims;
using BnNotebooks.Data;
using BnNotebooks.Experiments.Transformers;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: the task that its studies share. A small transformer learns to say the next character of a novel.</summary>
static class TransformerTask
{
    public const string Text = "Next character of Persuasion, causal transformer of 4 blocks, 32 channels and 4 heads, Adam, 8 sequences of 32 characters a step";
    public const string Loss = "test loss (nats a character)", Logit = "largest attention logit", Growth = "growth of the residual stream's variance";
    public const string Line = "share that a line leaves", Tanh = "share that a tanh leaves";

    static readonly Lazy<CharacterText> austen = new(Austen.Load);

    public static IReadOnlyList<string> Metrics { get; } = [Loss, Logit, Growth, Line, Tanh];

    public static TextExperiment Plain => new() { Text = austen.Value, Network = new Transformer { Norm = TokenNorm.None }, BatchSize = 8, Steps = 200 };

    public static TextExperiment With(TokenNorm norm, NormPlace place = NormPlace.Before) => Plain with { Network = new Transformer { Norm = norm, Place = place } };

    /// <summary>A side whose rate is chosen by the loss on other text than the comparison's, with other seeds.</summary>
    public static RatedSide Side(string name, TextExperiment experiment) => new(name,
        $"{experiment.Settings}; chosen by the loss on the ninth tenth of the text, measured on the last: loss, largest logit, variance of the stream behind the last block over that before the first, and what a line and a tanh leave unexplained of the last layer norm",
        (rate, seed) => Score(experiment with { LearningRate = rate }, seed),
        (rate, seed) => Measure(experiment with { LearningRate = rate }, seed))
    {
        Rates = [0.005, 0.01, 0.02],
        TuningSeeds = 4,
        Timed = rate =>
        {
            var training = (experiment with { LearningRate = rate }).Start();
            return new TimedSteps(() => training.Step(), training);
        },
    };

    static double Score(TextExperiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        training.Run(experiment.Steps);
        return -training.Evaluate(experiment.Text.Validation);
    }

    static double[] Measure(TextExperiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        training.Run(experiment.Steps);
        var variances = TransformerProbes.StreamVariances(training);
        var (inputs, outputs) = TransformerProbes.LayerNormCurve(training);
        var curve = CurveFit.Of(inputs, outputs);
        return [training.Evaluate(experiment.Text.Test), TransformerProbes.LargestLogit(training), variances[^1] / variances[0], curve.LineLeaves, curve.TanhLeaves];
    }

    /// <summary>
    /// What counts as on par: a hundredth of the loss of about two nats. Papers on such rivals call perplexities two in a hundred apart
    /// comparable.
    /// </summary>
    public const double OnPar = 0.02;

    /// <summary>The verdict on a claim that a side does as well as another, or better.</summary>
    public static Verdict AsGood(Estimate gain) => gain switch
    {
        { Low: > -OnPar } => Verdict.Holds,
        { High: < -OnPar } => Verdict.Wrong,
        _ => Verdict.Contested,
    };

    /// <summary>By how much the loss of a side is below that of another, in nats a character.</summary>
    public static Estimate Gain(Results results, string side, string other) => results.Difference(other, side, Loss);

    /// <summary>The same in words.</summary>
    public static string Nats(Estimate gain) => Say.By(gain, "nats a character", more: "better", less: "worse");
}
