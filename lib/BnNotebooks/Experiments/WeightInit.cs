using BnNotebooks.Core;

namespace BnNotebooks.Experiments;

/// <summary>
/// How the weights of linear layers and convolutions start. All numbers come from a generator of the run's own, so a seed
/// gives the same weights whatever else is drawn, and the same ones with a normalization as without.
/// </summary>
/// <remarks>fan_in is the number of inputs that a unit adds up, fan_out the number of units that an input goes to.</remarks>
public sealed record WeightInit
{
    enum Kind { PyTorch, Xavier, He, Normal }

    readonly Kind kind;
    readonly double scale;

    WeightInit(Kind kind, double scale = 1) => (this.kind, this.scale) = (kind, scale);

    /// <summary>PyTorch's default: weights and biases uniform within ±1/√fan_in.</summary>
    public static WeightInit PyTorch { get; } = new(Kind.PyTorch);

    /// <summary>Normal with standard deviation √(2/(fan_in + fan_out)), biases 0 (Glorot and Bengio 2010).</summary>
    public static WeightInit Xavier { get; } = new(Kind.Xavier);

    /// <summary>Normal with standard deviation √(2/fan_in), biases 0 (He et al. 2015): made for ReLU.</summary>
    public static WeightInit He { get; } = new(Kind.He);

    /// <summary>Normal with the same standard deviation in every layer, biases 0.</summary>
    /// <param name="std">The standard deviation, for example 0.01 (small) or 1 (large).</param>
    public static WeightInit Normal(double std) => new(Kind.Normal, Positive(std, nameof(std)));

    /// <summary>The same initialization with all weights multiplied by a factor.</summary>
    /// <param name="factor">For example 0.1 or 10.</param>
    public WeightInit Times(double factor) => new(kind, scale * Positive(factor, nameof(factor)));

    /// <summary>A short name, for legends.</summary>
    public override string ToString() => kind == Kind.Normal ? $"normal, σ = {scale}" : scale == 1 ? $"{kind}" : $"{kind} × {scale}";

    /// <summary>Draws a weight of shape (out, in, …) in row-major order, and its biases.</summary>
    internal (float[] Weight, float[] Bias) Draw(long[] shape, Random random)
    {
        var weight = new float[shape.Aggregate((product, size) => product * size)];
        double fanIn = weight.Length / shape[0], fanOut = weight.Length / shape[1];
        var bias = new float[shape[0]];
        if (kind == Kind.PyTorch)
        {
            random.FillUniform(weight, scale / Math.Sqrt(fanIn));
            random.FillUniform(bias, scale / Math.Sqrt(fanIn));
        }
        else
        {
            random.FillNormal(weight, scale * kind switch
            {
                Kind.Xavier => Math.Sqrt(2 / (fanIn + fanOut)),
                Kind.He => Math.Sqrt(2 / fanIn),
                _ => 1,
            });
        }
        return (weight, bias);
    }

    static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a positive number.");
}
