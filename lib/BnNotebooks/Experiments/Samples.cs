using System.Numerics.Tensors;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>Inputs and what should come out: a class each, or a number each. It never changes, so all runs share it.</summary>
public sealed class Samples
{
    readonly float[] values;
    readonly Lazy<torch.Tensor> inputs, wanted;

    Samples(Tensor<float> inputs, int expected, Func<torch.Tensor> wanted)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Rank < 2 || inputs.Lengths[0] != expected)
            throw new ArgumentException(
                $"Expected inputs (samples, …) with one label or target for each, but their shape is [{string.Join(", ", inputs.Lengths.ToArray())}] and there are {expected}.", nameof(inputs));
        Inputs = inputs;
        Count = expected;
        SampleShape = [.. inputs.Lengths[1..].ToArray().Select(length => (long)length)];
        values = new float[inputs.FlattenedLength];
        inputs.FlattenTo(values);
        this.inputs = Native(inputs.ToTorch);
        this.wanted = Native(wanted);
    }

    /// <summary>Samples to classify.</summary>
    /// <param name="inputs">Of shape (samples, features), (samples, height, width) or (samples, channels, height, width).</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">There is not one label for each sample.</exception>
    public Samples(Tensor<float> inputs, int[] labels)
        : this(inputs, labels.Length, () => torch.tensor(Array.ConvertAll(labels, label => (long)label))) => Labels = labels;

    /// <summary>Samples to predict a number for.</summary>
    /// <param name="inputs">As for samples to classify.</param>
    /// <param name="targets">The number of each sample.</param>
    /// <exception cref="ArgumentException">There is not one target for each sample.</exception>
    public Samples(Tensor<float> inputs, float[] targets)
        : this(inputs, targets.Length, () => torch.tensor(targets, [targets.Length, 1])) => Targets = targets;

    /// <summary>The inputs.</summary>
    public Tensor<float> Inputs { get; }

    /// <summary>The class of each sample, or null where a number is to be predicted.</summary>
    public int[]? Labels { get; }

    /// <summary>The number of each sample, or null where there are classes.</summary>
    public float[]? Targets { get; }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>The shape of one input.</summary>
    internal long[] SampleShape { get; }

    /// <summary>The inputs in row-major order.</summary>
    internal ReadOnlySpan<float> Values => values;

    /// <summary>The inputs for libtorch; shared, not to be changed or disposed.</summary>
    internal torch.Tensor TorchInputs => inputs.Value;

    /// <summary>The labels (N) or targets (N, 1) for libtorch; shared, not to be changed or disposed.</summary>
    internal torch.Tensor TorchWanted => wanted.Value;

    /// <summary>The same samples with other inputs, for example shifted or darkened ones.</summary>
    /// <param name="change">Gets an input value, and the index of its feature within the sample.</param>
    public Samples Change(Func<float, int, float> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var features = values.Length / Count;
        return With(Tensor.Create([.. values.Select((value, i) => change(value, i % features))], Inputs.Lengths));
    }

    /// <summary>The first samples only.</summary>
    /// <param name="count">How many, at most.</param>
    public Samples Take(int count) => count >= Count ? this : Rows([.. Enumerable.Range(0, count)]);

    /// <summary>Some of the samples, in the order asked for.</summary>
    /// <param name="rows">Their numbers, from 0.</param>
    /// <exception cref="ArgumentException">There is no such sample, or none is asked for.</exception>
    public Samples Rows(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Length == 0 || rows.Any(row => row < 0 || row >= Count))
            throw new ArgumentException($"Expected numbers of samples from 0 to {Count - 1}, at least one, but they are: {string.Join(", ", rows)}.", nameof(rows));
        var features = values.Length / Count;
        var picked = new float[rows.Length * features];
        for (var i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * features, features).CopyTo(picked.AsSpan(i * features));
        var tensor = Tensor.Create(picked, [rows.Length, .. Inputs.Lengths[1..]]);
        return Labels is { } labels
            ? new Samples(tensor, [.. rows.Select(row => labels[row])])
            : new Samples(tensor, [.. rows.Select(row => Targets![row])]);
    }

    Samples With(Tensor<float> changed) => Labels is { } labels ? new(changed, labels) : new(changed, Targets!);

    // Made when a run first needs it, on whatever thread; it belongs to no scope of that thread.
    static Lazy<torch.Tensor> Native(Func<torch.Tensor> make) => new(() => make().DetachFromDisposeScope());
}
