using TorchSharp;
using static TorchSharp.torch;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The same layer through TorchSharp, called as its users call it: results disposed of, gradients by autograd, and what follows
/// the normalization in place, as torchvision's networks have it.
/// </summary>
internal sealed class Torch : Computing
{
    readonly Workload workload;
    readonly nn.Module<Tensor, Tensor> module;
    readonly Tensor x;
    readonly Tensor? residual, dy;
    readonly TorchSharp.Modules.Parameter[] parameters;

    /// <summary>Whether libtorch has a layout of its own for images of this shape: channels_last, where a position's channels are neighbours.</summary>
    public static bool HasChannelsLast(Workload workload) => workload.Dimensions.Length == 4;

    /// <param name="inputs">The numbers.</param>
    /// <param name="workload">The case.</param>
    /// <param name="channelsLast">Whether all tensors lie in memory in libtorch's channels_last layout.</param>
    public Torch(Inputs inputs, Workload workload, bool channelsLast)
    {
        this.workload = workload;
        module = Create(workload, inputs);
        module.train(workload.Training);
        parameters = [.. module.parameters()];
        x = Laid(inputs.X);
        x.requires_grad = workload.Backward;
        if (workload.Adds)
        {
            residual = Laid(inputs.Residual);
            residual.requires_grad = workload.Backward;
        }
        dy = workload.Backward ? Laid(inputs.Dy) : null;

        Tensor Laid(float[] values)
        {
            var contiguous = inputs.Shaped(values).ToTorch();
            if (!channelsLast)
                return contiguous;
            // TorchSharp has no memory_format; by its strides libtorch knows the layout all the same.
            using (contiguous)
            using (var permuted = contiguous.permute(0, 2, 3, 1))
            using (var moved = permuted.contiguous())
                return moved.permute(0, 3, 1, 2);
        }
    }

    public override void Call() => Run().Dispose();

    public override Outcome Compute()
    {
        using var y = Run();
        return workload.Backward
            ? new(Values(y), Values(x.grad!), residual is null ? null : Values(residual.grad!), [.. parameters.Select(parameter => Values(parameter.grad!))])
            : new(Values(y));
    }

    Tensor Run()
    {
        if (!workload.Backward)
            return Forward();

        // As an optimizer's zero_grad() does by default: no gradients rather than zeros, so that backward need not add to them.
        x.grad = null;
        if (residual is not null)
            residual.grad = null;
        foreach (var parameter in parameters)
            parameter.grad = null;
        var y = Forward();
        y.backward([dy!]);
        return y;
    }

    Tensor Forward()
    {
        var y = module.forward(x);
        if (residual is not null)
            y = y.add_(residual, Scalars.One); // TorchSharp returns the same object
        return workload.Rectifies ? y.relu_() : y;
    }

    public override void Dispose()
    {
        x.Dispose();
        residual?.Dispose();
        dy?.Dispose();
        module.Dispose();
    }

    static float[] Values(Tensor tensor) => tensor.ToTensor().ToArray();

    static nn.Module<Tensor, Tensor> Create(Workload workload, Inputs inputs)
    {
        var channels = workload.Channels;
        switch (workload.Norm)
        {
            case "batchnorm1d" or "batchnorm2d" or "batchnorm3d":
                // TorchSharp's own module frees a Scalar too early (docs/torchsharp-scalar-lifetime.md); this is it without the fault.
                var batch = new SteadyBatchNorm(channels);
                (batch.weight, batch.bias) = (Parameter(inputs.Gamma, channels), Parameter(inputs.Beta, channels));
                return batch;
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

    static TorchSharp.Modules.Parameter Parameter(float[] values, params long[] shape) => nn.Parameter(tensor(values, shape));
}
