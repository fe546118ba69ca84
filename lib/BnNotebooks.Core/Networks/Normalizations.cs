using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Normalizations by name, so that an experiment swaps one for another by a word.</summary>
/// <remarks>
/// They are for vectors (N, C), with their options as they are by default. Instance normalization is not among them: a vector
/// has one value per channel, and nothing to normalize it by. <c>weight</c> normalizes the weight of the linear layer before it,
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

    /// <summary>What makes the normalization of a name for a number of features.</summary>
    internal static Func<int, Layer<T>> Find<T>(string name, string parameter) where T : unmanaged, IFloatingPointIeee754<T> =>
        Table<T>.Known.Find(name, parameter);

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
        public static readonly OrderedDictionary<string, Func<int, Layer<T>>> Known = new()
        {
            ["none"] = _ => new Identity<T>(),
            ["batch"] = features => new BatchNorm1d<T>(features),
            ["layer"] = features => new LayerNorm<T>(features),
            ["group"] = features => new GroupNorm<T>(Groups(features), features),
            ["rms"] = features => new RmsNorm<T>(features),
            ["ghost"] = features => new GhostBatchNorm<T>(new BatchNorm1d<T>(features), GhostBatchSize),
            ["renorm"] = features => new BatchRenorm<T>(features),
            ["switchable"] = features => new SwitchableNorm<T>(features, useInstanceStatistics: false),
            ["attentive"] = features => new AttentiveNorm<T>(features),
            ["stochastic"] = features => new StochasticBatchNorm<T>(features, noiseBatchSize: 32),
            [WeightNormalization] = _ => new Identity<T>(),
        };
    }
}
