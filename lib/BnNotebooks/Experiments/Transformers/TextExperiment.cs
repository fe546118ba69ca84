using System.Globalization;
using BnNotebooks.Data;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>A transformer that learns to say the next character, by Adam, in words. A record, so that <c>with</c> changes one thing.</summary>
public sealed record TextExperiment
{
    /// <summary>The text.</summary>
    public required CharacterText Text { get; init; }

    /// <summary>The network.</summary>
    public Transformer Network { get; init; } = new();

    /// <summary>η of Adam, after the warm-up.</summary>
    public double LearningRate { get; init; } = 0.005;

    /// <summary>The steps in which the learning rate grows from 0 to η in equal parts; 0 means none.</summary>
    public int WarmUp { get; init; }

    /// <summary>The sequences of a training step, each as long as the network's context.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How many steps to train.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Builds the network with its first weights, ready to train step by step.</summary>
    /// <param name="seed">Decides the weights and the batches: equal seeds begin alike and see the same text, whatever the normalization.</param>
    public TextTraining Start(int seed = 1) => new(this, seed);

    /// <summary>Trains to the end.</summary>
    /// <param name="seed">Decides the weights and the batches.</param>
    /// <returns>The loss of each step, in nats a character.</returns>
    public double[] Losses(int seed = 1)
    {
        using var training = Start(seed);
        return training.Run(Steps);
    }

    internal string Settings => string.Create(CultureInfo.InvariantCulture,
        $"text of {Text.Indices.Length} characters; {Network.Settings}; Adam, warm-up {WarmUp}, batches of {BatchSize}, {Steps} steps");
}
