namespace BnNotebooks.Experiments;

/// <summary>The shape of a network; the normalization is the experiment's to add.</summary>
public abstract record Network
{
    private protected Network(int[] widths)
    {
        if (widths.FirstOrDefault(width => width < 1, 1) is var wrong and < 1)
            throw new ArgumentOutOfRangeException(nameof(widths), wrong, "Expected at least 1 unit or channel in every hidden layer.");
        Widths = widths;
    }

    /// <summary>How many units or channels each hidden layer has.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>What follows each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>The shape in which this network takes a sample of this shape.</summary>
    /// <exception cref="ArgumentException">It does not take such samples.</exception>
    internal abstract long[] InputShape(long[] sample);
}

/// <summary>Linear layers with an activation between them. Images are laid out as one row of numbers first.</summary>
public sealed record Perceptron : Network
{
    /// <summary>Describes a perceptron.</summary>
    /// <param name="hidden">The units of each hidden layer, for example 100, 100, 100; none gives a linear model.</param>
    public Perceptron(params int[] hidden) : base(hidden)
    {
    }

    /// <summary>A deep perceptron whose hidden layers are all equally wide.</summary>
    /// <param name="layers">How many hidden layers, for example 20.</param>
    /// <param name="width">The units of each.</param>
    public static Perceptron Deep(int layers, int width) => new([.. Enumerable.Repeat(width, layers)]);

    /// <summary>A short name, for legends.</summary>
    public override string ToString() => $"perceptron {string.Join("-", Widths)}, {Activation}";

    internal override long[] InputShape(long[] sample) => [sample.Aggregate(1L, (product, size) => product * size)];
}

/// <summary>
/// A perceptron with a connection around each hidden layer but the first: x + α·f(x), where f is linear layer, normalization and
/// activation (He et al. 2016).
/// </summary>
public sealed record ResidualPerceptron : Network
{
    /// <summary>Describes a residual perceptron.</summary>
    /// <param name="layers">How many hidden layers.</param>
    /// <param name="width">The units of each.</param>
    public ResidualPerceptron(int layers, int width) : base([.. Enumerable.Repeat(width, layers)])
    {
    }

    /// <summary>Whether α is learned and starts at 0 (SkipInit: De and Smith 2020); otherwise it is 1.</summary>
    public bool LearnedScale { get; init; }

    /// <summary>A short name, for legends.</summary>
    public override string ToString() => $"residual perceptron {string.Join("-", Widths)}, {Activation}{(LearnedScale ? ", α from 0" : "")}";

    internal override long[] InputShape(long[] sample) => [sample.Aggregate(1L, (product, size) => product * size)];
}

/// <summary>
/// A small convolutional network for images: for each entry a 3 × 3 convolution that moves two pixels at a time (padded, so
/// that it halves the image) and the activation, then one linear layer.
/// </summary>
/// <remarks>
/// Strides rather than pools: with libtorch 1.13 on a CPU a max pool takes longer than the convolution before it, and a
/// network that makes more steps in its minute shows more.
/// </remarks>
public sealed record Cnn : Network
{
    /// <summary>Describes a convolutional network.</summary>
    /// <param name="channels">The channels of each convolution, for example 8, 16.</param>
    public Cnn(params int[] channels) : base(channels)
    {
    }

    /// <summary>A short name, for legends.</summary>
    public override string ToString() => $"CNN {string.Join("-", Widths)}, {Activation}";

    internal override long[] InputShape(long[] sample)
    {
        var shape = sample.Length == 2 ? [1, .. sample] : sample;
        return shape.Length == 3 ? shape : throw new ArgumentException(
            $"A CNN takes images, (H, W) or (C, H, W); these samples have the shape ({string.Join(", ", sample)}).");
    }
}
