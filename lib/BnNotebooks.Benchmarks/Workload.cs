using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>What a call does.</summary>
public enum Pass
{
    TrainForward,
    EvalForward,
    TrainForwardBackward,
}

/// <summary>One case of the suite: a layer, a pass, an input, and how it is called.</summary>
/// <param name="Layer">The layer's name, lower case; for several at once joined with <c>+</c>, as <c>batchnorm2d+add+relu</c>.</param>
/// <param name="Pass">What a call does.</param>
/// <param name="Dimensions">The input's shape, samples and channels first.</param>
/// <param name="Setting"><see cref="BenchmarkResult.AsCalled"/> or <see cref="BenchmarkResult.Steady"/>.</param>
/// <param name="Threads">How many threads everyone but the plain loop may use.</param>
internal sealed record Workload(string Layer, Pass Pass, int[] Dimensions, string Setting, int Threads)
{
    public string Case => $"{Layer}/" + Pass switch
    {
        Pass.TrainForward => "train/forward",
        Pass.EvalForward => "eval/forward",
        Pass.TrainForwardBackward => "train/forward+backward",
        _ => throw new InvalidOperationException($"{Pass} has no name."),
    };

    /// <summary>The normalization, without what follows it.</summary>
    public string Norm => Layer.Split('+')[0];

    /// <summary>Whether more follows the normalization, so that one pass could do the work of several.</summary>
    public bool Fused => Norm != Layer;

    /// <summary>Whether a residual is added to the normalization's result.</summary>
    public bool Adds => Layer.Contains("+add");

    /// <summary>Whether a ReLU ends it.</summary>
    public bool Rectifies => Layer.EndsWith("+relu");

    public string Shape => string.Join('x', Dimensions);

    public bool Steady => Setting == BenchmarkResult.Steady;

    public bool Training => Pass != Pass.EvalForward;

    public bool Backward => Pass == Pass.TrainForwardBackward;

    public int Length => Dimensions.Aggregate(1, (product, length) => checked(product * length));

    public int Samples => Dimensions[0];

    public int Channels => Dimensions[1];

    /// <summary>S, the positions of one channel in one sample.</summary>
    public int Positions => Length / (Samples * Channels);

    /// <summary>As many groups as in the paper (Wu &amp; He 2018), 32.</summary>
    public int Groups => Math.Min(32, Channels);

    /// <summary>How many numbers γ has, and β: one for each channel, in layer norm one for each value of a sample, or none.</summary>
    public int Parameters => Norm switch
    {
        "layernorm" => Length / Samples,
        "instancenorm" => 0, // PyTorch's instance norm learns nothing unless asked to
        _ => Channels,
    };

    /// <summary>As <see cref="BenchmarkResult.Key"/>.</summary>
    public string Key => BenchmarkResult.KeyOf(Case, Shape, Setting, Threads);

    public override string ToString() => Key;
}
