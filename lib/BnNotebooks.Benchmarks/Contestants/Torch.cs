using TorchSharp;
using static TorchSharp.torch;

namespace BnNotebooks.Benchmarks;

/// <summary>The same layer through TorchSharp, called as its users call it: results disposed of, gradients by autograd.</summary>
internal sealed class Torch : Contestant
{
    readonly Workload workload;
    readonly nn.Module<Tensor, Tensor> module;
    readonly Tensor[] dy;

    public Torch(Inputs inputs, Workload workload)
    {
        this.workload = workload;
        module = Create(workload, inputs);
        module.train(workload.Training);
        Parameters = [.. module.parameters()];
        X = inputs.Shaped(inputs.X).ToTorch();
        X.requires_grad = workload.Backward;
        dy = workload.Backward ? [inputs.Shaped(inputs.Dy).ToTorch()] : [];
    }

    public Tensor X { get; }

    public TorchSharp.Modules.Parameter[] Parameters { get; }

    public override void Call() => Run().Dispose();

    /// <summary>A call whose result the caller disposes of.</summary>
    public Tensor Run()
    {
        if (!workload.Backward)
            return module.forward(X);

        // As an optimizer's zero_grad() does by default: no gradients rather than zeros, so that backward need not add to them.
        X.grad = null;
        foreach (var parameter in Parameters)
            parameter.grad = null;
        var y = module.forward(X);
        y.backward(dy);
        return y;
    }

    public override void Dispose()
    {
        X.Dispose();
        foreach (var gradient in dy)
            gradient.Dispose();
        module.Dispose();
    }

    static nn.Module<Tensor, Tensor> Create(Workload workload, Inputs inputs)
    {
        var channels = workload.Channels;
        switch (workload.Layer)
        {
            case "batchnorm1d":
                return With(nn.BatchNorm1d(channels), inputs);
            case "batchnorm2d":
                return With(nn.BatchNorm2d(channels), inputs);
            case "batchnorm3d":
                return With(nn.BatchNorm3d(channels), inputs);
            case "instancenorm":
                return nn.InstanceNorm2d(channels);
            case "groupnorm":
                var group = nn.GroupNorm(workload.Groups, channels);
                (group.weight, group.bias) = (Parameter(inputs.Gamma, channels), Parameter(inputs.Beta, channels));
                return group;
            case "layernorm":
                long[] shape = [.. workload.Dimensions[1..]];
                var layer = nn.LayerNorm(shape);
                (layer.weight, layer.bias) = (Parameter(inputs.Gamma, shape), Parameter(inputs.Beta, shape));
                return layer;
            default:
                throw new ArgumentException($"There is no layer {workload.Layer} in TorchSharp.", nameof(workload));
        }
    }

    static T With<T>(T norm, Inputs inputs) where T : TorchSharp.Modules.NormBase
    {
        (norm.weight, norm.bias) = (Parameter(inputs.Gamma, inputs.Gamma.Length), Parameter(inputs.Beta, inputs.Beta.Length));
        return norm;
    }

    static TorchSharp.Modules.Parameter Parameter(float[] values, params long[] shape) => nn.Parameter(tensor(values, shape));
}
