using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Activation functions by name, so that an experiment swaps one for another by a word.</summary>
public static class Activations
{
    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table<float>.Known.Keys];

    /// <summary>Makes the activation of a name, in single precision.</summary>
    /// <inheritdoc cref="Create{T}(string)"/>
    public static Layer<float> Create(string name) => Create<float>(name);

    /// <summary>Makes the activation of a name.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A new layer that takes any shape.</returns>
    /// <exception cref="ArgumentException">There is no activation of this name.</exception>
    public static Layer<T> Create<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> =>
        Find<T>(name, nameof(name))();

    /// <summary>What makes the activation of a name.</summary>
    internal static Func<Layer<T>> Find<T>(string name, string parameter) where T : unmanaged, IFloatingPointIeee754<T> =>
        Table<T>.Known.Find(name, parameter);

    private static class Table<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static readonly OrderedDictionary<string, Func<Layer<T>>> Known = new()
        {
            ["relu"] = () => new ReLU<T>(),
            ["sigmoid"] = () => new Sigmoid<T>(),
        };
    }
}
