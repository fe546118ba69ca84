using BnNotebooks.Claims;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: which normalization in front of the branches?</summary>
static class TransformerNorms
{
    public const string Name = "transformer-norms", Layer = "layer norm", Rms = "RMS norm", Qk = "layer norm and QK norm", Batch = "batch norm",
        WithoutTanh = "DyT without tanh";

    static readonly double[] Alphas = [0.2, 0.5, 1];

    public static Study Make()
    {
        var dyT = With(TokenNorm.DyT);
        return new Study
        {
            Name = Name,
            Question = $"{Text}, {Plain.Steps} steps, the normalization in front of each branch and behind the last: which loss is reached with each, at its best learning rate?",
            Metrics = Metrics,
            Seeds = 10,
            Sides =
            [
                Side(Layer, With(TokenNorm.Layer)),
                Side(Rms, With(TokenNorm.Rms)),
                Side(Qk, Plain with { Network = new Transformer { QkNorm = true } }),
                .. Alphas.Select(alpha => Side(DyT(alpha), dyT with { Network = dyT.Network with { Alpha = alpha } })),
                Side(WithoutTanh, With(TokenNorm.Scale)),
                Side(Batch, With(TokenNorm.Batch)),
            ],
            Judgements =
            [
                new("rms-as-good", results => AsGood(Gain(results, Rms, Layer)), results => $"RMS norm against layer norm: {Nats(Gain(results, Rms, Layer))}"),
                new("dyt-as-good", results => AsGood(Gain(results, Best(results), Layer)), results => $"{Best(results)} against layer norm: {Nats(Gain(results, Best(results), Layer))}"),
                new("tanh-is-needed",
                    // Below 0 it does work without, in a network as small as this one; of the authors' twelve blocks and more that says nothing.
                    results => Gain(results, Best(results), WithoutTanh).Above ? Verdict.Holds : Verdict.Contested,
                    results => $"with the tanh against without: {Nats(Gain(results, Best(results), WithoutTanh))}"),
                new("dyt-alpha-tuned",
                    results => Estimate.Holm([.. Others.Select(alpha => Gain(results, DyT(alpha), DyT(0.5)))]) switch
                    {
                        var gains when gains.Any(gain => gain.Above) => Verdict.Holds,
                        var gains when gains.All(gain => gain.Below) => Verdict.Wrong, // the default was the best
                        _ => Verdict.Contested,
                    },
                    Alpha),
                new("layer-norm-like-tanh",
                    results => Explained(results) switch
                    {
                        // By half: then the bend is the larger part of what is no line.
                        { Low: > 0.5 } => Verdict.Holds,
                        { High: < 0.5, Low: > 0 } => Verdict.HoldsIf,
                        { High: < 0.5 } => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    Curve),
                new("batch-norm-worse-in-text",
                    results => Gain(results, Layer, Batch) switch { { Above: true } => Verdict.Holds, { Below: true } => Verdict.Wrong, _ => Verdict.Contested },
                    results => $"batch norm against layer norm: {Nats(Gain(results, Batch, Layer))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["rms"] = results => Nats(Gain(results, Rms, Layer)),
                ["qk"] = results => Nats(Gain(results, Qk, Layer)),
                ["dyt"] = results => Nats(Gain(results, Best(results), Layer)),
                ["dyt-alpha"] = Alpha,
                ["without-tanh"] = results => Nats(Gain(results, WithoutTanh, Best(results))),
                ["batch"] = results => Nats(Gain(results, Batch, Layer)),
                ["curve"] = Curve,
            },
        };
    }

    static IEnumerable<double> Others => Alphas.Where(alpha => alpha != 0.5);

    static string DyT(double alpha) => FormattableString.Invariant($"DyT from α = {alpha}");

    // The best by the evidence itself, of three: that flatters DyT a little.
    static string Best(Results results) => Alphas.Select(DyT).MinBy(side => results.Mean(side, Loss).Value)!;

    static string Alpha(Results results) => string.Join("; ", Others.Zip(Estimate.Holm([.. Others.Select(alpha => Gain(results, DyT(alpha), DyT(0.5)))]),
        (alpha, gain) => FormattableString.Invariant($"α from {alpha} against from 0.5: {Nats(gain)}")));

    static Estimate Explained(Results results) => Estimate.Mean([.. results.Values(Layer, Tanh).Zip(results.Values(Layer, Line), (tanh, line) => 1 - tanh / line)]);

    static string Curve(Results results) =>
        $"a line leaves {Say.Percent(results.Mean(Layer, Line))} of the variance of the last layer norm's output, of which a tanh explains {Say.Percent(Explained(results))}";
}
