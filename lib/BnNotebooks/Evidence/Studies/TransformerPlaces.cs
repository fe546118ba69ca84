using BnNotebooks.Claims;
using BnNotebooks.Experiments.Transformers;
using static BnNotebooks.Evidence.Studies.TransformerTask;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 19: layer norm behind each branch, in front of it, on both sides or nowhere, with and without warm-up.</summary>
static class TransformerPlaces
{
    public const string Name = "transformer-places", None = "none", Zero = "none; branches from 0", Post = "post", PostWarm = "post with warm-up",
        Pre = "pre", PreWarm = "pre with warm-up", Peri = "peri";
    const int WarmUp = 40; // a fifth of the steps

    public static Study Make()
    {
        var (post, pre) = (With(TokenNorm.Layer, NormPlace.After), With(TokenNorm.Layer));
        return new Study
        {
            Name = Name,
            Question = $"{Text}, {Plain.Steps} steps: which loss is reached with layer norm behind each branch (post), in front of it (pre), on both sides (peri) and without, with a warm-up of {WarmUp} steps or none, each with its best learning rate?",
            Metrics = Metrics,
            Seeds = 10, // each trains for seconds
            Sides =
            [
                Side(None, Plain),
                Side(Zero, Plain with { Network = Plain.Network with { ZeroBranches = true } }),
                Side(Post, post),
                Side(PostWarm, post with { WarmUp = WarmUp }),
                Side(Pre, pre),
                Side(PreWarm, pre with { WarmUp = WarmUp }),
                Side(Peri, With(TokenNorm.Layer, NormPlace.Both)),
            ],
            Judgements =
            [
                new("post-needs-warm-up", results => Helps(Gain(results, PostWarm, Post)), results => $"post-LN with warm-up against without: {Nats(Gain(results, PostWarm, Post))}"),
                new("pre-needs-no-warm-up", results => AsGood(Gain(results, Pre, PreWarm)), results => $"pre-LN without warm-up against with it: {Nats(Gain(results, Pre, PreWarm))}"),
                new("pre-without-warm-up-as-good-as-post", results => AsGood(Gain(results, Pre, PostWarm)), results => $"pre-LN without warm-up against post-LN with it: {Nats(Gain(results, Pre, PostWarm))}"),
                new("rezero-without-norm",
                    results => (Gain(results, Zero, None), Gain(results, Zero, Pre)) switch
                    {
                        ({ Below: true }, _) => Verdict.Wrong,
                        (_, { Below: true }) => Verdict.HoldsIf, // it trains, and not as far as with layer norm
                        ({ Above: true }, _) => Verdict.Holds,
                        _ => Verdict.Contested,
                    },
                    results => $"branches from 0 against plain ones: {Nats(Gain(results, Zero, None))}; against pre-LN: {Nats(Gain(results, Zero, Pre))}"),
                new("peri-grows-less", results => Judgement.InEach(results.Ratio(Pre, Peri, Growth)),
                    results => $"growth of the stream's variance from the embedding to the last block, pre-LN against peri-LN: {Grows(results)}"),
                new("peri-converges-better", results => Helps(Gain(results, Peri, Pre)), results => $"peri-LN against pre-LN: {Nats(Gain(results, Peri, Pre))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["pre-over-none"] = results => Nats(Gain(results, Pre, None)),
                ["zero-over-none"] = results => Nats(Gain(results, Zero, None)),
                ["zero-against-pre"] = results => Nats(Gain(results, Zero, Pre)),
                ["post-over-none"] = results => Nats(Gain(results, Post, None)),
                ["peri-against-pre"] = results => Nats(Gain(results, Peri, Pre)),
                ["warm-up-of-post"] = results => Nats(Gain(results, PostWarm, Post)),
                ["warm-up-of-pre"] = results => Nats(Gain(results, PreWarm, Pre)),
                ["pre-against-post"] = results => Nats(Gain(results, Pre, PostWarm)),
                ["growth"] = Grows,
            },
        };
    }

    static Verdict Helps(Estimate gain) => gain.Above ? Verdict.Holds : gain.Below ? Verdict.Wrong : Verdict.Contested;

    static string Grows(Results results) => Say.Times(results.Ratio(Pre, Peri, Growth), "times as much", "times less");
}
