using System.Numerics;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>Linear layers as a network of a given start has them.</summary>
static class Starts
{
    /// <summary>PyTorch's default, and those of Xavier Glorot and of Kaiming He, for which the biases are 0.</summary>
    public static IReadOnlyList<string> Names { get; } = ["default", "xavier", "he"];

    /// <summary>A layer whose weights are drawn that way.</summary>
    /// <exception cref="ArgumentException">There is no start of that name.</exception>
    public static Linear<T> Linear<T>(string start, int inputs, int outputs, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var linear = new Linear<T>(inputs, outputs, random: random);
        switch (start)
        {
            case "default":
                return linear;
            case "xavier":
                Initialization.XavierNormal(linear.Weight, random);
                break;
            case "he":
                Initialization.KaimingNormal(linear.Weight, random);
                break;
            default:
                throw new ArgumentException($"There is no start \"{start}\". There are: {string.Join(", ", Names)}.", nameof(start));
        }
        linear.Bias!.Values.Clear();
        return linear;
    }
}
