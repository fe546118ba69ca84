using TorchSharp;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>
/// Whether a transformer uses what is still to come, which attention hides from it and the statistics of its batch do not. Each
/// character is asked for twice: where the text goes on as it does, and where it goes on as it does elsewhere after the same four
/// characters. To whoever knows the past alone one is about as likely as the other, so only who uses the future does better with the first.
/// </summary>
public static class FutureProbe
{
    const int Shared = 4;

    /// <summary>The mean loss on test text by batch statistics, in nats a character; nothing changes.</summary>
    /// <param name="training">The transformer.</param>
    /// <returns>With the text's own continuation, and at the same places with another one.</returns>
    /// <exception cref="ArgumentException">The test text is so short, or the context, that no four characters come twice.</exception>
    public static (double Own, double Other) Losses(TextTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        using var quiet = torch.no_grad();
        var (text, context, batches) = (training.Experiment.Text.Test, training.Experiment.Network.Context, training.Batches);
        var (random, placesAfter) = (Draws.Generator(training.Seed, Purpose.Probe), PlacesAfter(text, context));
        var (own, other, asked) = (0.0, 0.0, 0);
        for (var batch = 0; batch < batches; batch++)
        {
            using var scope = torch.NewDisposeScope();
            var starts = training.Places(text, batch, batches);
            var (tokens, next) = training.Batch(text, starts);
            var byOwn = Losses(training, tokens, next);
            for (var t = Shared - 1; t < context - 1; t++)
            {
                using var inner = torch.NewDisposeScope();
                var changed = tokens.clone();
                int?[] places = [.. starts.Select(start => Draw(placesAfter.GetValueOrDefault(Key(text, start + t), []), start + t, random))];
                foreach (var (i, place) in places.Index())
                    if (place is { } p)
                        changed[i, (t + 1)..] = torch.tensor(Array.ConvertAll(text[(p + 1)..(p + context - t)], index => (long)index));
                var byOther = Losses(training, changed, next);
                foreach (var (i, place) in places.Index())
                    if (place is not null)
                        (own, other, asked) = (own + byOwn[i, t], other + byOther[i, t], asked + 1);
            }
        }
        if (asked == 0)
            throw new ArgumentException($"Expected test text and a context in which the same {Shared} characters come twice and something follows, but the text has {text.Length} characters and the context {context}. Take a longer one.", nameof(training));
        return (own / asked, other / asked);
    }

    // Of each character of each sequence that follows: (sequences, tokens).
    static float[,] Losses(TextTraining training, torch.Tensor tokens, torch.Tensor next)
    {
        var logits = training.Model.Forward(tokens, NormMode.BatchUnrecorded);
        var losses = torch.nn.functional.cross_entropy(logits.transpose(1, 2), next, reduction: torch.nn.Reduction.None);
        var values = new float[losses.shape[0], losses.shape[1]];
        Buffer.BlockCopy(losses.data<float>().ToArray(), 0, values, 0, values.Length * sizeof(float));
        return values;
    }

    // By the four characters that end at a place: all places where they do, with a whole context behind.
    static Dictionary<(int, int, int, int), List<int>> PlacesAfter(int[] text, int context) =>
        Enumerable.Range(Shared - 1, Math.Max(0, text.Length - context - Shared))
            .GroupBy(place => Key(text, place))
            .ToDictionary(group => group.Key, group => group.ToList());

    static (int, int, int, int) Key(int[] text, int place) => (text[place - 3], text[place - 2], text[place - 1], text[place]);

    // Any but the place itself, or null where it is the only one.
    static int? Draw(List<int> places, int but, Random random)
    {
        if (places.Count < 2)
            return null;
        var drawn = places[random.Next(places.Count - 1)];
        return drawn == but ? places[^1] : drawn;
    }
}
