using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>One or several of every kind of layer, new, each with a shape that it takes and gives: for what must hold of all.</summary>
internal static class Every<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, (Func<Layer<T>> Make, nint[] Shape)> Layers = new()
    {
        ["batch norm 1d"] = (() => new BatchNorm1d<T>(3), [4, 3]),
        ["batch norm 1d of sequences"] = (() => new BatchNorm1d<T>(3), [4, 3, 5]),
        ["batch norm 2d"] = (() => new BatchNorm2d<T>(3), [4, 3, 2, 3]),
        ["batch norm 3d"] = (() => new BatchNorm3d<T>(3), [2, 3, 2, 1, 3]),
        ["batch norm, careful"] = (() => new BatchNorm1d<T>(3) { Method = BatchNormMethod.Careful }, [4, 3, 5]),
        ["batch norm, by formula"] = (() => new BatchNorm1d<T>(3) { Method = BatchNormMethod.ByFormula }, [4, 3, 5]),
        ["batch norm without statistics"] = (() => new BatchNorm1d<T>(3, affine: false, trackRunningStats: false), [4, 3]),
        ["batch norm and ReLU"] = (() => new BatchNormReLU<T>(3), [4, 3, 5]),
        ["frozen batch norm"] = (() => new FrozenBatchNorm<T>(3), [4, 3, 5]),
        ["ghost batch norm"] = (() => new GhostBatchNorm<T>(new BatchNorm1d<T>(3), ghostBatchSize: 2), [4, 3, 5]),
        ["batch renorm"] = (() => new BatchRenorm<T>(3), [4, 3, 5]),
        ["layer norm of rows"] = (() => new LayerNorm<T>(3), [4, 2, 3]),
        ["layer norm of samples"] = (() => new LayerNorm<T>([4, 2, 3]), [3, 4, 2, 3]),
        ["layer norm without bias"] = (() => new LayerNorm<T>(3, bias: false), [4, 3]),
        ["RMS norm of rows"] = (() => new RmsNorm<T>(3), [4, 2, 3]),
        ["RMS norm of samples"] = (() => new RmsNorm<T>([4, 2, 3]), [3, 4, 2, 3]),
        ["group norm, 1 group"] = (() => new GroupNorm<T>(1, 4), [3, 4, 2, 3]),
        ["group norm, 2 groups"] = (() => new GroupNorm<T>(2, 4), [3, 4, 2, 3]),
        ["group norm, 4 groups"] = (() => new GroupNorm<T>(4, 4), [3, 4, 2, 3]),
        ["instance norm 1d"] = (() => new InstanceNorm1d<T>(3), [4, 3, 5]),
        ["instance norm 2d"] = (() => new InstanceNorm2d<T>(4, affine: true), [3, 4, 2, 3]),
        ["instance norm 3d, tracked"] = (() => new InstanceNorm3d<T>(3, affine: true, trackRunningStats: true), [2, 3, 2, 1, 3]),
        ["switchable norm"] = (() => new SwitchableNorm<T>(3), [4, 3, 5]),
        ["attentive norm"] = (() => new AttentiveNorm<T>(3), [4, 3, 5]),
        ["stochastic batch norm"] = (() => new StochasticBatchNorm<T>(3, noiseBatchSize: 8), [4, 3, 5]),
        ["noisy batch norm"] = (() => new NoisyBatchNorm<T>(3, noiseBatchSize: 8), [4, 3, 5]),
        ["weight norm"] = (() => new WeightNormLinear<T>(3, 3), [4, 2, 3]),
        ["dynamic tanh"] = (() => new DyT<T>(3), [4, 2, 3]),
        ["linear"] = (() => new Linear<T>(3, 3), [4, 3]),
        ["ReLU"] = (() => new ReLU<T>(), [4, 3]),
        ["sigmoid"] = (() => new Sigmoid<T>(), [4, 3]),
        ["identity"] = (() => new Identity<T>(), [4, 3]),
        ["sequence"] = (() => new Sequential<T>(new Linear<T>(3, 5), new Sequential<T>(new Sigmoid<T>(), new Linear<T>(5, 3))), [4, 3]),
        ["perceptron"] = (() => new Mlp<T>([3, 5, 3], "batch"), [6, 3]),
    };
}

/// <summary>What tests of all layers have in common.</summary>
internal static class Every
{
    public static TheoryData<string> Name => [.. Every<double>.Layers.Keys];

    public static TheoryData<string, bool> NameAndMode => new MatrixTheoryData<string, bool>(Every<double>.Layers.Keys, [true, false]);

    /// <summary>Gives a layer parameters and running statistics that are not those of a new one.</summary>
    public static TLayer Prepared<TLayer>(TLayer layer) where TLayer : Layer<double>
    {
        var seed = 20;
        foreach (var parameter in layer.Parameters)
            Data.Normal<double>(seed++, parameter.Value.Lengths).FlattenTo(parameter.Values);
        foreach (var buffer in layer.Buffers.Where(buffer => buffer.DType == "F64"))
        {
            var first = buffer.Name.EndsWith("mean", StringComparison.Ordinal) ? 1 : 2;
            var values = buffer.To<double>();
            for (nint c = 0; c < values.FlattenedLength; c++)
                values[c] = first + c;
        }
        return layer;
    }

    /// <summary>All numbers of a layer's state, whatever their type.</summary>
    public static double[] State<T>(Layer<T> layer) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. layer.StateDict().Values.SelectMany(state => state.DType == "I64"
            ? Array.ConvertAll(state.To<long>().ToArray(), value => (double)value)
            : Array.ConvertAll(state.To<T>().ToArray(), double.CreateChecked))];
}
