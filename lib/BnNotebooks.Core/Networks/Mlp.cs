using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// A multilayer perceptron: linear layers, each but the last followed by a normalization and an activation, (N, first size) to
/// (N, last size).
/// </summary>
/// <remarks>
/// For the sizes 64, 100, 10 these are the layers 0 linear(64, 100), 1 normalization, 2 activation, 3 linear(100, 10). With
/// <c>none</c> layer 1 is an <see cref="Identity{T}"/>, so whatever the normalization, the others keep their names.
/// <para>The weights start by He's initialization for <c>relu</c> (<see cref="Initialization.KaimingNormal"/>) and by Xavier's
/// for <c>sigmoid</c> (<see cref="Initialization.XavierNormal"/>), the biases at 0. They do not depend on the normalization, so
/// networks of one seed start the same but for it.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Mlp<T> : Sequential<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the network, in training mode.</summary>
    /// <param name="sizes">The number of inputs, of units in each hidden layer, and of outputs: at least two sizes, each at least 1.</param>
    /// <param name="normalization">One of <see cref="Normalizations.Names"/>.</param>
    /// <param name="activation">One of <see cref="Activations.Names"/>.</param>
    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or no normalization or activation of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Mlp(ReadOnlySpan<int> sizes, string normalization = "none", string activation = "relu", int seed = 0)
        : base(Layers(sizes, normalization, activation, new Random(seed)))
    {
    }

    private static List<Layer<T>> Layers(ReadOnlySpan<int> sizes, string normalization, string activation, Random random)
    {
        if (sizes.Length < 2)
            throw new ArgumentException(
                $"Expected at least two sizes, of the input and of the output, but there are {sizes.Length}.", nameof(sizes));
        foreach (var size in sizes)
            Guard.Positive(size, nameof(sizes));
        var makeNormalization = Normalizations.Find<T>(normalization, nameof(normalization));
        var makeActivation = Activations.Find<T>(activation, nameof(activation));

        var layers = new List<Layer<T>>();
        for (var i = 1; i < sizes.Length; i++)
        {
            var linear = new Linear<T>(sizes[i - 1], sizes[i]);
            if (activation == "relu")
                Initialization.KaimingNormal(linear.Weight, random);
            else
                Initialization.XavierNormal(linear.Weight, random);
            linear.Bias!.Values.Clear();
            layers.Add(normalization == Normalizations.WeightNormalization ? WeightNormLinear<T>.From(linear) : linear);
            if (i == sizes.Length - 1)
                break;
            layers.Add(makeNormalization(sizes[i]));
            layers.Add(makeActivation());
        }
        return layers;
    }
}

/// <summary><see cref="Mlp{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Mlp(ReadOnlySpan<int> sizes, string normalization = "none", string activation = "relu", int seed = 0)
    : Mlp<float>(sizes, normalization, activation, seed);
