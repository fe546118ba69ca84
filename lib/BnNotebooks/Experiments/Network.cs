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

/// <summary>How the branches of <see cref="ResidualBlocks"/> start.</summary>
public enum BranchStart
{
    /// <summary>As all linear layers do.</summary>
    Usual,

    /// <summary>Behind a learned factor that starts at 0 (SkipInit: De and Smith 2020).</summary>
    FactorFromZero,

    /// <summary>
    /// With weights divided by the square root of the number of blocks, the last layer of each branch and the output layer at 0, and a
    /// learned factor of each branch that starts at 1 (the rules of Fixup for branches of two layers: Zhang, Dauphin and Ma 2019).
    /// </summary>
    Fixup,
}

/// <summary>
/// A residual network of linear layers: behind a first one blocks x + f(x), where f is normalization, activation and linear layer,
/// twice over (the order of He et al. 2016, "Identity Mappings in Deep Residual Networks").
/// </summary>
public sealed record ResidualBlocks : Network
{
    /// <summary>Describes a residual network.</summary>
    /// <param name="blocks">How many blocks, of two linear layers each.</param>
    /// <param name="width">The units of each layer.</param>
    public ResidualBlocks(int blocks, int width) : base([.. Enumerable.Repeat(width, 2 * blocks + 1)]) => Blocks = blocks;

    /// <summary>How many blocks.</summary>
    public int Blocks { get; }

    /// <summary>How their branches start.</summary>
    public BranchStart Branches { get; init; }

    /// <summary>A short name, for legends.</summary>
    public override string ToString() => $"{Blocks} residual blocks of {Widths[0]}, {Activation}, branches {Branches}";

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
