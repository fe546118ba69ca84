using BnNotebooks.Claims;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: what the first gradients are like, and how far the outputs move when the weights move a little.</summary>
static class TransformerStart
{
    public const string Name = "transformer-start", None = "none", Post = "post", Pre = "pre", Peri = "peri";
    public static readonly int[] Depths = [2, 4, 8, 16];

    public static Study Make()
    {
        Side Side(string name, Transformer network) => new MeasuredSide(name,
            $"{(Plain with { Network = network }).Settings}, but with {string.Join(", ", Depths)} layers, before the first step; norm of the gradient of the last block's and the first block's output weights for one batch; relative change of the outputs when all weights of the blocks get noise of a hundredth of their root mean square",
            seed => Measure(network, seed));
        return new Study
        {
            Name = Name,
            Question = $"{Text}, but of {string.Join(", ", Depths)} blocks, at the start: how long is the gradient of the last block's output weights, how much shorter that of the first block's, and how far does the output move when the weights move by a hundredth?",
            Metrics = [.. Depths.Select(LastGradient), .. Depths.Select(FirstGradient), .. Depths.Select(Change)],
            Seeds = 10,
            Sides =
            [
                Side(None, new Transformer { Norm = TokenNorm.None }),
                Side(Post, new Transformer { Place = NormPlace.After }),
                Side(Pre, new Transformer()),
                Side(Peri, new Transformer { Place = NormPlace.Both }),
            ],
            Judgements =
            [
                new("pre-gradients-shrink-with-depth",
                    // The theorem: like 1/√depth in pre-LN, by √8 from 2 to 16 blocks; in post-LN the same at any depth.
                    results => (Shrinks(results, Pre), results.Ratio(Pre, Post, LastGradient(16))) switch
                    {
                        ({ Above: true }, { Below: true }) => Verdict.Holds,
                        ({ Below: true }, _) or (_, { Above: true }) => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"the last block's gradient with 2 blocks against 16: pre-LN {Shrink(results, Pre)}, post-LN {Shrink(results, Post)}; pre-LN against post-LN with 16 blocks: {Say.Times(results.Ratio(Pre, Post, LastGradient(16)), "times as long", "times shorter")}"),
                new("peri-gradients-steadier",
                    results => Evenness(results) switch { { Above: true } => Verdict.Holds, { Below: true } => Verdict.Wrong, _ => Verdict.Contested },
                    results => $"the spread between the first and the last block's gradient, with 16 blocks, pre-LN against peri-LN: {Say.Times(Evenness(results), "times as large", "times smaller")}"),
                new("post-amplifies",
                    results => (results.Ratio(Post, Pre, Change(16)), Growth(results)) switch
                    {
                        ({ Above: true }, { Above: true }) => Verdict.Holds,
                        ({ Below: true }, _) or (_, { Below: true }) => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"the output's change with 16 blocks, post-LN against pre-LN: {Amplification(results)}; growth of the change from 2 to 16 blocks, post-LN against pre-LN: {Say.Times(Growth(results), "times as much", "times less")}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["shrink-pre"] = results => Shrink(results, Pre),
                ["shrink-post"] = results => Shrink(results, Post),
                ["first-against-last-post"] = results => FirstAgainstLast(results, Post),
                ["first-against-last-pre"] = results => FirstAgainstLast(results, Pre),
                ["first-against-last-peri"] = results => FirstAgainstLast(results, Peri),
                ["amplification"] = Amplification,
            },
        };
    }

    public static string LastGradient(int depth) => $"last block's gradient with {depth}";

    public static string FirstGradient(int depth) => $"first block's gradient with {depth}";

    public static string Change(int depth) => $"change of the output with {depth}";

    static Estimate Shrinks(Results results, string side) => Estimate.GeometricMean([.. Ratios(results, side, LastGradient(2), LastGradient(16))]);

    static string Shrink(Results results, string side) => Say.Times(Shrinks(results, side), "times as long", "times shorter");

    static string FirstAgainstLast(Results results, string side) =>
        Say.Times(Estimate.GeometricMean([.. Ratios(results, side, FirstGradient(16), LastGradient(16))]), "times as long", "times shorter");

    static string Amplification(Results results) => Say.Times(results.Ratio(Post, Pre, Change(16)), "times as large", "times smaller");

    static Estimate Growth(Results results) => Estimate.GeometricMean([.. Ratios(results, Post, Change(16), Change(2)).Zip(Ratios(results, Pre, Change(16), Change(2)), (post, pre) => post / pre)]);

    // A factor and its inverse are as far from even.
    static Estimate Evenness(Results results)
    {
        double[] Uneven(string side) => [.. Ratios(results, side, FirstGradient(16), LastGradient(16)).Select(ratio => Math.Exp(Math.Abs(Math.Log(ratio))))];
        return Estimate.GeometricMean([.. Uneven(Pre).Zip(Uneven(Peri), (pre, peri) => pre / peri)]);
    }

    static IEnumerable<double> Ratios(Results results, string side, string metric, string other) =>
        results.Values(side, metric).Zip(results.Values(side, other), (a, b) => a / b);

    static double[] Measure(Transformer network, int seed)
    {
        var looks = Depths.Select(depth =>
        {
            using var training = (Plain with { Network = network with { Layers = depth } }).Start(seed);
            return (Gradients: TransformerProbes.GradientNorms(training), Change: TransformerProbes.OutputChange(training));
        }).ToArray();
        return [.. looks.Select(look => look.Gradients[^1]), .. looks.Select(look => look.Gradients[0]), .. looks.Select(look => look.Change)];
    }
}
