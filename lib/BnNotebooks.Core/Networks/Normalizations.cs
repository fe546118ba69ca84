using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Normalizations by name, so that an experiment swaps one for another by a word.</summary>
/// <remarks>
/// They are for vectors (N, C), with their options as they are by default; most of them for images (N, C, H, W) too. Instance
/// normalization is not among them: a vector has one value per channel, and nothing to normalize it by. <c>weight</c> normalizes the weight of the linear layer before it,
/// not the activations, so the layer of that name passes its input on; <see cref="Mlp{T}"/> makes the linear layers accordingly.
/// </remarks>
public static class Normalizations
{
    /// <summary>The names there are; <c>none</c> first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table<float>.Known.Keys];

    /// <summary>Makes the normalization of a name, in single precision.</summary>
    /// <inheritdoc cref="Create{T}(string, int)"/>
    public static Layer<float> Create(string name, int features) => Create<float>(name, features);

    /// <summary>Makes the normalization of a name, with its options as they are by default.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="name">One of <see cref="Names"/>; <c>none</c> gives an <see cref="Identity{T}"/>.</param>
    /// <param name="features">C, the number of features of its input of shape (N, C), at least 1.</param>
    /// <returns>A new layer. Those that draw random numbers start from the same seed each time.</returns>
    /// <exception cref="ArgumentException">There is no normalization of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no feature.</exception>
    public static Layer<T> Create<T>(string name, int features) where T : unmanaged, IFloatingPointIeee754<T> =>
        Find<T>(name, nameof(name))(Guard.Positive(features, nameof(features)));

    /// <summary>Makes the normalization of a name for images, in single precision.</summary>
    /// <inheritdoc cref="CreateForImages{T}(string, int)"/>
    public static Layer<float> CreateForImages(string name, int channels) => CreateForImages<float>(name, channels);

    /// <summary>Makes the normalization of a name for images, with its options as they are by default.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="name">One of <see cref="Names"/>, but not <c>layer</c>, <c>rms</c> or <c>dyt</c>: those would need the images' size.</param>
    /// <param name="channels">C, the number of channels of its input of shape (N, C, H, W), at least 1.</param>
    /// <returns>A new layer. Those that draw random numbers start from the same seed each time.</returns>
    /// <exception cref="ArgumentException">There is no normalization of this name, or it takes no images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel.</exception>
    public static Layer<T> CreateForImages<T>(string name, int channels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Positive(channels, nameof(channels));
        return Table<T>.Known.Find(name, nameof(name)).Images is { } make
            ? make(channels)
            : throw new ArgumentException(
                $"The normalization '{name}' is for vectors (N, C), as in a perceptron. For images take one of "
                + $"{string.Join(", ", Table<T>.Known.Where(entry => entry.Value.Images is not null).Select(entry => entry.Key))}.", nameof(name));
    }

    /// <summary>What makes the normalization of a name for a number of features.</summary>
    internal static Func<int, Layer<T>> Find<T>(string name, string parameter) where T : unmanaged, IFloatingPointIeee754<T> =>
        Table<T>.Known.Find(name, parameter).Vectors;

    /// <summary>The name that asks for linear layers of another kind rather than for a layer after them.</summary>
    internal const string WeightNormalization = "weight";

    /// <summary>How many samples make a ghost batch: a fraction of usual batches, so that there are several.</summary>
    public const int GhostBatchSize = 16;

    /// <summary>The paper's 32 groups, or the next smaller power of two that divides the features and leaves two in a group.</summary>
    /// <param name="features">The number of features or channels.</param>
    public static int Groups(int features)
    {
        var groups = 32;
        while (groups > 1 && (features % groups != 0 || features / groups < 2))
            groups /= 2;
        return groups;
    }

    private static class Table<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Where only one way to make a layer is named, it takes both vectors and images.
        public static readonly OrderedDictionary<string, (Func<int, Layer<T>> Vectors, Func<int, Layer<T>>? Images)> Known = new()
        {
            ["none"] = Both(_ => new Identity<T>()),
            ["batch"] = (features => new BatchNorm1d<T>(features), channels => new BatchNorm2d<T>(channels)),
            ["layer"] = (features => new LayerNorm<T>(features), null),
            ["group"] = Both(features => new GroupNorm<T>(Groups(features), features)),
            ["rms"] = (features => new RmsNorm<T>(features), null),
            ["ghost"] = (features => new GhostBatchNorm<T>(new BatchNorm1d<T>(features), GhostBatchSize),
                channels => new GhostBatchNorm<T>(new BatchNorm2d<T>(channels), GhostBatchSize)),
            ["renorm"] = Both(features => new BatchRenorm<T>(features)),
            ["switchable"] = (features => new SwitchableNorm<T>(features, useInstanceStatistics: false), channels => new SwitchableNorm<T>(channels)),
            ["attentive"] = Both(features => new AttentiveNorm<T>(features)),
            ["stochastic"] = Both(features => new StochasticBatchNorm<T>(features, noiseBatchSize: 32)),
            ["noisy"] = Both(features => new NoisyBatchNorm<T>(features, noiseBatchSize: 32)),
            ["dyt"] = (features => new DyT<T>(features), null),
            [WeightNormalization] = Both(_ => new Identity<T>()),
        };

        private static (Func<int, Layer<T>>, Func<int, Layer<T>>?) Both(Func<int, Layer<T>> make) => (make, make);
    }
}
