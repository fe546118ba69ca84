using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Normalizations by name, so that an experiment swaps one for another by a word.</summary>
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
    /// <returns>A new layer.</returns>
    /// <exception cref="ArgumentException">There is no normalization of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no feature.</exception>
    public static Layer<T> Create<T>(string name, int features) where T : unmanaged, IFloatingPointIeee754<T> =>
        Find<T>(name, nameof(name))(Guard.Positive(features, nameof(features)));

    /// <summary>What makes the normalization of a name for a number of features.</summary>
    internal static Func<int, Layer<T>> Find<T>(string name, string parameter) where T : unmanaged, IFloatingPointIeee754<T> =>
        Table<T>.Known.Find(name, parameter);

    private static class Table<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static readonly OrderedDictionary<string, Func<int, Layer<T>>> Known = new()
        {
            ["none"] = _ => new Identity<T>(),
            ["batch"] = features => new BatchNorm1d<T>(features),
        };
    }
}
