using System.Numerics.Tensors;
using BnNotebooks.Experiments.Optimizers;
using TorchSharp;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>A transformer in training. Like <see cref="Training"/>, it sets libtorch to one thread on the calling thread.</summary>
public sealed class TextTraining : IDisposable
{
    const int LookedAt = 64; // sequences, spread evenly over a part of the text

    readonly AdamStep optimizer;
    readonly Random batches;

    internal TextTraining(TextExperiment experiment, int seed)
    {
        torch.set_num_threads(1);
        (Experiment, Seed) = (experiment, seed);
        Model = new TransformerModel(experiment.Network, experiment.Text.Alphabet.Length, seed);
        optimizer = new AdamStep(Model.Parameters, experiment.LearningRate, weightDecay: 0);
        batches = Draws.Generator(seed, Purpose.Batches);
    }

    /// <summary>What is trained.</summary>
    public TextExperiment Experiment { get; }

    /// <summary>What the random numbers come from.</summary>
    public int Seed { get; }

    /// <summary>How many steps have been made.</summary>
    public int StepsDone { get; private set; }

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount => Model.Parameters.Sum(parameter => parameter.numel());

    internal TransformerModel Model { get; }

    /// <summary>How many batches, as large as in training, an evaluation looks at.</summary>
    internal int Batches => Math.Max(1, LookedAt / Experiment.BatchSize);

    /// <summary>Trains on the next batch.</summary>
    /// <returns>The loss before the step, in nats a character.</returns>
    public double Step()
    {
        using var scope = torch.NewDisposeScope();
        var (tokens, next) = NextBatch();
        optimizer.ZeroGradients();
        var loss = Loss(Model.Forward(tokens, NormMode.Batch), next);
        loss.backward();
        optimizer.LearningRate = Experiment.LearningRate * Math.Min(1, (StepsDone + 1.0) / Math.Max(1, Experiment.WarmUp));
        optimizer.Apply();
        StepsDone++;
        return loss.item<float>();
    }

    /// <summary>Trains on the next batches; ends early where the loss is no number any more.</summary>
    /// <param name="steps">How many.</param>
    /// <returns>The loss before each step, the rest NaN after an early end.</returns>
    public double[] Run(int steps)
    {
        var losses = new double[steps];
        Array.Fill(losses, double.NaN);
        for (var i = 0; i < steps; i++)
            if (!double.IsFinite(losses[i] = Step()))
                break;
        return losses;
    }

    /// <summary>The mean loss on a part of the text, in nats a character, with all positions of 64 sequences; nothing changes.</summary>
    /// <param name="part">For example <c>Text.Test</c>.</param>
    /// <param name="statistics">What batch norms normalize by: the running statistics, or those of batches as large as in training.</param>
    public double Evaluate(int[] part, Statistics statistics = Statistics.Running)
    {
        using var quiet = torch.no_grad();
        double sum = 0;
        var mode = statistics == Statistics.Batch ? NormMode.BatchUnrecorded : NormMode.Running;
        for (var batch = 0; batch < Batches; batch++)
        {
            using var scope = torch.NewDisposeScope();
            var (tokens, next) = Spread(part, batch, Batches);
            sum += Loss(Model.Forward(tokens, mode), next).item<float>();
        }
        return sum / Batches;
    }

    /// <summary>What the network says: a logit for each character of the alphabet behind each token.</summary>
    /// <param name="text">At most as long as the context.</param>
    /// <param name="statistics">What batch norms normalize by; nothing changes.</param>
    /// <returns>(tokens, alphabet).</returns>
    public Tensor<float> Logits(string text, Statistics statistics = Statistics.Running) => Logits([text], statistics)[0];

    /// <summary>The same for several texts of one length, as one batch.</summary>
    /// <param name="texts">At most as long as the context.</param>
    /// <param name="statistics">What batch norms normalize by; nothing changes.</param>
    /// <returns>For each text (tokens, alphabet).</returns>
    /// <exception cref="ArgumentException">They differ in length, or are empty or longer than the context.</exception>
    public Tensor<float>[] Logits(string[] texts, Statistics statistics = Statistics.Running)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Length == 0 || texts.Any(text => text.Length != texts[0].Length) || texts[0].Length < 1 || texts[0].Length > Experiment.Network.Context)
            throw new ArgumentException($"Expected texts of one length, from 1 to the context of {Experiment.Network.Context} characters, but the lengths are {string.Join(", ", texts.Select(text => text.Length))}.", nameof(texts));
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long[] indices = [.. texts.SelectMany(Experiment.Text.IndicesOf)];
        var y = Model.Forward(torch.tensor(indices, [texts.Length, texts[0].Length]), statistics == Statistics.Batch ? NormMode.BatchUnrecorded : NormMode.Running);
        return [.. y.unbind(0).Select(each => each.ToTensor())];
    }

    /// <summary>Writes on, one character at a time, each drawn by its probability.</summary>
    /// <param name="beginning">What is there already.</param>
    /// <param name="characters">How many to add.</param>
    /// <param name="temperature">The logits are divided by it: below 1 the likely becomes likelier.</param>
    /// <param name="seed">Decides the draws.</param>
    public string Write(string beginning, int characters, double temperature = 0.8, int seed = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(beginning);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var (text, random) = (beginning, new Random(seed));
        for (var i = 0; i < characters; i++)
        {
            var logits = Logits(text[Math.Max(0, text.Length - Experiment.Network.Context)..]);
            var last = (int)logits.Lengths[0] - 1;
            double[] weights = [.. Enumerable.Range(0, (int)logits.Lengths[1]).Select(character => logits[last, character] / temperature)];
            var largest = weights.Max();
            weights = [.. weights.Select(weight => Math.Exp(weight - largest))];
            var left = random.NextDouble() * weights.Sum();
            var drawn = Array.FindIndex(weights, weight => (left -= weight) < 0);
            text += Experiment.Text.Alphabet[Math.Max(0, drawn)];
        }
        return text;
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        optimizer.Dispose();
        Model.Dispose();
    }

    /// <summary>Sequences from places of the training text that chance decides, and the character that follows each token.</summary>
    internal (torch.Tensor Tokens, torch.Tensor Next) NextBatch() => Batch(Experiment.Text.Train,
        [.. Enumerable.Range(0, Experiment.BatchSize).Select(_ => batches.Next(Experiment.Text.Train.Length - Experiment.Network.Context))]);

    /// <summary>A batch of some, whose sequences are spread evenly over a part of the text.</summary>
    internal (torch.Tensor Tokens, torch.Tensor Next) Spread(int[] part, int batch, int batches) => Batch(part, Places(part, batch, batches));

    /// <summary>Where those sequences begin.</summary>
    internal int[] Places(int[] part, int batch, int batches)
    {
        var sequences = batches * Experiment.BatchSize;
        return [.. Enumerable.Range(0, Experiment.BatchSize)
            .Select(i => (int)((long)(part.Length - Experiment.Network.Context - 1) * (i * batches + batch) / sequences))];
    }

    internal static torch.Tensor Loss(torch.Tensor logits, torch.Tensor next) =>
        torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[2]), next.reshape(-1));

    /// <summary>The sequences that begin at some places.</summary>
    internal (torch.Tensor Tokens, torch.Tensor Next) Batch(int[] part, int[] starts)
    {
        var context = Experiment.Network.Context;
        torch.Tensor Sequences(int offset) => torch.tensor((long[])[.. starts.SelectMany(start => part.AsSpan(start + offset, context).ToArray()).Select(index => (long)index)], [starts.Length, context]);
        return (Sequences(0), Sequences(1));
    }
}
