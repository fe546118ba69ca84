using BnNotebooks.Claims;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: how large a learning rate does a transformer stand, and how large do its attention logits become?</summary>
static class TransformerRates
{
    public const string Name = "transformer-rates", Largest = "largest rate that trains", HighLogit = "largest attention logit at a rate of 0.05";
    const string Pre = "pre", Qk = "pre with QK norm", Post = "post", Peri = "peri", None = "none";
    const double High = 0.05;
    const int Steps = 60;

    static readonly double[] Rates = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    public static Study Make()
    {
        var layer = With(TokenNorm.Layer) with { Steps = Steps };
        Side Side(string name, TextExperiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings}; rates {string.Join(", ", Rates.Select(rate => FormattableString.Invariant($"{rate}")))} until one fails; trains if the last 10 losses are below the entropy of the characters' frequencies on average; logits after all steps",
            seed => Measure(experiment, seed));
        return new Study
        {
            Name = Name,
            Question = $"{Text}, {Steps} steps: up to which of ten learning rates, 0.005 to 5, does it learn more than the characters' frequencies, and how large are the attention logits at 0.05 (rate fixed on purpose)?",
            Metrics = [Largest, HighLogit],
            Seeds = 10,
            Sides =
            [
                Side(None, Plain with { Steps = Steps }),
                Side(Post, layer with { Network = layer.Network with { Place = NormPlace.After } }),
                Side(Pre, layer),
                Side(Peri, layer with { Network = layer.Network with { Place = NormPlace.Both } }),
                Side(Qk, layer with { Network = layer.Network with { QkNorm = true } }),
            ],
            Judgements =
            [
                new("qk-norm-higher-rates", results => Larger(results.Ratio(Qk, Pre, Largest)), results => $"largest rate that trains, with QK norm against without: {Rate(results, Qk, Pre)}"),
                new("qk-norm-bounds-logits", results => Larger(results.Ratio(Pre, Qk, HighLogit)), results => $"largest attention logit at a rate of {High}, without QK norm against with it: {Logits(results)}"),
                new("post-unstable-at-large-rates", results => Larger(results.Ratio(Pre, Post, Largest)), results => $"largest rate that trains, pre-LN against post-LN: {Rate(results, Pre, Post)}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["qk"] = results => Rate(results, Qk, Pre),
                ["logits"] = Logits,
                ["pre-against-post"] = results => Rate(results, Pre, Post),
                ["pre-against-none"] = results => Rate(results, Pre, None),
                ["peri-against-pre"] = results => Rate(results, Peri, Pre),
            },
        };
    }

    static Verdict Larger(Estimate ratio) => ratio switch { { Above: true } => Verdict.Holds, { Below: true } => Verdict.Wrong, _ => Verdict.Contested };

    static string Rate(Results results, string side, string other) => Say.Times(results.Ratio(side, other, Largest), "times as large", "times smaller");

    static string Logits(Results results) => Say.Times(results.Ratio(Pre, Qk, HighLogit), "times as large", "times smaller");

    static double[] Measure(TextExperiment experiment, int seed)
    {
        var (largest, frequencies) = (Rates[0] / 2, experiment.Text.FrequencyEntropy()); // the next below the smallest, where none trains
        foreach (var rate in Rates)
        {
            if (!((experiment with { LearningRate = rate }).Losses(seed)[^10..].Average() < frequencies))
                break;
            largest = rate;
        }
        using var high = (experiment with { LearningRate = High }).Start(seed);
        high.Run(Steps);
        return [largest, TransformerProbes.LargestLogit(high)];
    }
}
