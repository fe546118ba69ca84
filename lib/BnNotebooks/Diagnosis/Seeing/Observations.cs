using TorchSharp;

namespace BnNotebooks.Diagnosis;

/// <summary>A layer without layers in it, as a forward pass met it.</summary>
/// <param name="Name">Where it stands in the network.</param>
/// <param name="Module">The layer.</param>
/// <param name="Input">What came in.</param>
/// <param name="Output">What went out.</param>
sealed record Step(string Name, torch.nn.Module Module, torch.Tensor Input, torch.Tensor Output);

/// <summary>Which channels of an activation were 0 in all passes.</summary>
sealed record ActivationRecord(string Name, bool[] Dead);

/// <summary>A parameter of the network.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="NotFinite">How many of its values are NaN or infinite.</param>
/// <param name="Largest">The largest magnitude among the others.</param>
/// <param name="Values">How many values there are.</param>
/// <param name="Learns">Whether it takes a gradient.</param>
sealed record ParameterRecord(string Name, int NotFinite, double Largest, int Values, bool Learns);

/// <summary>The network's answers to a batch.</summary>
/// <param name="Training">The outputs in training mode.</param>
/// <param name="Evaluation">The outputs in evaluation mode.</param>
/// <param name="RightInTraining">For each sample whether the answer in training mode was right, or null without classes.</param>
/// <param name="RightInEvaluation">The same in evaluation mode.</param>
sealed record Answers(Channels Training, Channels Evaluation, bool[]? RightInTraining, bool[]? RightInEvaluation);

/// <summary>All that was seen of a network in one examination: what the symptoms are read from.</summary>
sealed class Observations
{
    /// <summary>The normalization layers in the order in which they are reached, then those that are not.</summary>
    public required IReadOnlyList<NormRecord> Norms { get; init; }

    /// <summary>The layers in the order in which the first forward pass met them. Their tensors may be gone: only compare references.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    public required IReadOnlyList<ActivationRecord> Activations { get; init; }
    public required IReadOnlyList<ParameterRecord> Parameters { get; init; }

    /// <summary>Whether the inputs are whole numbers by type: words or other indices, on which no arithmetic is done.</summary>
    public required bool InputsAreIndices { get; init; }

    /// <summary>The inputs of each batch; every feature is a channel.</summary>
    public required IReadOnlyList<Channels> Inputs { get; init; }

    public required IReadOnlyList<Answers> Answers { get; init; }

    /// <summary>Whether the network as a whole was in training mode before.</summary>
    public required bool Training { get; init; }

    public IEnumerable<NormRecord> BatchNorms => Norms.Where(norm => norm.Layer.Kind == NormKind.Batch);
    public IReadOnlyList<int> BatchSizes => [.. Inputs.Select(batch => batch.Samples)];
    public int Samples => Inputs.Sum(batch => batch.Samples);
}
