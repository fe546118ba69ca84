using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>A mistake, and what is to come of it: what it throws, which argument it names, what it says came and was expected.</summary>
internal sealed record Mistake(string Name, Type Exception, string? Argument, string[] Says, Action<Layers> Make)
{
    public static Mistake Input(string name, string? argument, string[] says, Action<Layers> make) =>
        new(name, typeof(ArgumentException), argument, says, make);

    public static Mistake Range(string name, string argument, string[] says, Action<Layers> make) =>
        new(name, typeof(ArgumentOutOfRangeException), argument, says, make);

    public static Mistake Range(string name, string argument, string[] says, Func<object> make) => Range(name, argument, says, _ => make());

    public static Mistake Absent(string name, string argument, Action<Layers> make) =>
        new(name, typeof(ArgumentNullException), argument, [], make);

    public static Mistake Invalid(string name, string[] says, Action<Layers> make) =>
        new(name, typeof(InvalidOperationException), null, says, make);

    /// <summary>A layer of its own, given an input of a shape that it refuses.</summary>
    public static Mistake Refused(string name, string[] says, Func<Layer<float>> make, params nint[] shape) =>
        Input(name, "input", says, on => on.Keep(make()).Forward(Zeros(shape)));

    public static Tensor<float> Zeros(params nint[] shape) => Tensor.CreateFromShape<float>(shape);
}

/// <summary>Layers of three features for mistakes to be made with, which must leave them as they were.</summary>
internal sealed class Layers
{
    readonly List<(Layer<float> Layer, double[] State)> kept = [];
    readonly float[] untouched = [.. Memory];

    public Layers() =>
        (BatchNorm, Switchable, Attentive, Stochastic, WeightNorm, Network) = (Keep(new BatchNorm1d(3)), Keep(new SwitchableNorm(3)),
            Keep(new AttentiveNorm(3, 2)), Keep(new StochasticBatchNorm(3, 8)), Keep(new WeightNormLinear(3, 2)), Keep(new Mlp([3, 5, 2], "batch")));

    public static float[] Memory { get; } = new float[64];

    public BatchNorm1d BatchNorm { get; }

    public SwitchableNorm Switchable { get; }

    public AttentiveNorm Attentive { get; }

    public StochasticBatchNorm Stochastic { get; }

    public WeightNormLinear WeightNorm { get; }

    public Mlp Network { get; }

    public static TensorSpan<float> View(ReadOnlySpan<nint> shape, int at) => new(Memory.AsSpan(at), shape);

    public TLayer Keep<TLayer>(TLayer layer) where TLayer : Layer<float>
    {
        kept.Add((layer, Every.State(layer)));
        return layer;
    }

    public void AssertUnchanged()
    {
        Assert.All(kept, entry => Assert.Equal(entry.State, Every.State(entry.Layer)));
        Assert.Equal(untouched, Memory);
    }
}
