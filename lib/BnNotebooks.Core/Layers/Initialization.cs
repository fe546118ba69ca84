using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Initial weights whose size keeps the spread of activations and gradients about the same from layer to layer, as
/// <c>torch.nn.init</c> draws them. The same seed of the generator gives the same weights on every run.
/// </summary>
/// <remarks>
/// A weight of shape (out, in) has fan_in = in and fan_out = out; dimensions that follow, those of a convolution's kernel,
/// multiply both. A uniform distribution on ±b has the standard deviation b/√3.
/// </remarks>
public static class Initialization
{
    /// <summary>He's initialization (He, Zhang, Ren &amp; Sun 2015, eqs. 10 and 15), normal; as <c>kaiming_normal_</c>.</summary>
    /// <remarks><code>w ~ Normal(0, 2/((1 + a²)·fan_in))</code></remarks>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="weight">What to fill, of shape (out, in) or (out, in, …).</param>
    /// <param name="random">Where the numbers come from; <c>new Random(seed)</c> gives the same ones again.</param>
    /// <param name="a">The slope of the (leaky) ReLU for negative inputs: 0 for ReLU.</param>
    /// <exception cref="ArgumentException">The weight has fewer than two dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The slope is infinite or not a number.</exception>
    public static void KaimingNormal<T>(Parameter<T> weight, Random random, double a = 0) where T : unmanaged, IFloatingPointIeee754<T> =>
        Normal(random, weight, Kaiming(weight, a));

    /// <summary>He's initialization (He, Zhang, Ren &amp; Sun 2015), uniform with the same variance; as <c>kaiming_uniform_</c>.</summary>
    /// <remarks><code>w ~ Uniform(−b, b)        b = √(6/((1 + a²)·fan_in))</code></remarks>
    /// <inheritdoc cref="KaimingNormal"/>
    public static void KaimingUniform<T>(Parameter<T> weight, Random random, double a = 0) where T : unmanaged, IFloatingPointIeee754<T> =>
        Uniform(random, weight, Math.Sqrt(3) * Kaiming(weight, a));

    /// <summary>Xavier Glorot's initialization (Glorot &amp; Bengio 2010, eq. 12), normal; as <c>xavier_normal_</c>.</summary>
    /// <remarks><code>w ~ Normal(0, gain²·2/(fan_in + fan_out))</code></remarks>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="weight">What to fill, of shape (out, in) or (out, in, …).</param>
    /// <param name="random">Where the numbers come from; <c>new Random(seed)</c> gives the same ones again.</param>
    /// <param name="gain">A factor that the activation asks for: 1 for sigmoid and for none.</param>
    /// <exception cref="ArgumentException">The weight has fewer than two dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The gain is infinite or not a number.</exception>
    public static void XavierNormal<T>(Parameter<T> weight, Random random, double gain = 1) where T : unmanaged, IFloatingPointIeee754<T> =>
        Normal(random, weight, Xavier(weight, gain));

    /// <summary>Xavier Glorot's initialization (Glorot &amp; Bengio 2010, eq. 16), uniform; as <c>xavier_uniform_</c>.</summary>
    /// <remarks><code>w ~ Uniform(−b, b)        b = gain·√(6/(fan_in + fan_out))</code></remarks>
    /// <inheritdoc cref="XavierNormal"/>
    public static void XavierUniform<T>(Parameter<T> weight, Random random, double gain = 1) where T : unmanaged, IFloatingPointIeee754<T> =>
        Uniform(random, weight, Math.Sqrt(3) * Xavier(weight, gain));

    private static void Normal<T>(Random random, Parameter<T> weight, double std) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        random.FillNormal(weight, mean: 0, std);
    }

    private static void Uniform<T>(Random random, Parameter<T> weight, double bound) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        random.FillUniform(weight, bound);
    }

    private static double Kaiming<T>(Parameter<T> weight, double a) where T : unmanaged, IFloatingPointIeee754<T> =>
        Math.Sqrt(2 / ((1 + Finite(a, nameof(a)) * a) * Fans(weight).In));

    private static double Xavier<T>(Parameter<T> weight, double gain) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (fanIn, fanOut) = Fans(weight);
        return Finite(gain, nameof(gain)) * Math.Sqrt(2 / (fanIn + fanOut));
    }

    private static (double In, double Out) Fans<T>(Parameter<T> weight) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weight);
        var shape = weight.Value.Lengths;
        if (shape.Length < 2)
            throw new ArgumentException(
                $"Expected a weight of shape (out, in) or (out, in, …), but '{weight.Name}' has shape {Guard.Show(shape)}.", nameof(weight));
        var count = (double)weight.Values.Length;
        return (count / shape[0], count / shape[1]);
    }

    private static double Finite(double value, string parameter) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, "Expected a finite number.");
}
