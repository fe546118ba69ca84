using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor to learn. It takes the tensor it is made from over: that one is invalid afterwards.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : base(data.Release()) => requires_grad_(requires_grad);

    /// <summary>PyTorch's start for linear layers and convolutions: uniform within ±1/√(inputs of a unit).</summary>
    internal static Parameter Uniform(long[] shape, long fanIn, Device? device, ScalarType? dtype) =>
        new(nn.init.uniform_(empty(shape, dtype, device), -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn)));
}

/// <summary>y = x Wᵀ + b, by libtorch.</summary>
public class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        weight = Parameter.Uniform([outputSize, inputSize], inputSize, device, dtype);
        if (hasBias) bias = Parameter.Uniform([outputSize], inputSize, device, dtype);
    }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}

/// <summary>What the convolutions share.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name) : base(name) { }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }
}

/// <summary>Convolution of (N, C, H, W) with square kernels, padded with zeros, by libtorch.</summary>
public sealed class Conv2d : Convolution
{
    readonly long stride, padding, dilation, groups;

    internal Conv2d(
        long in_channels, long out_channels, long kernel, long stride, long padding, long dilation, PaddingModes padding_mode,
        long groups, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Conv2d))
    {
        if (padding_mode != PaddingModes.Zeros)
            throw new NotSupportedException($"The stand-in for TorchSharp pads with zeros only, not with {padding_mode}.");
        (this.stride, this.padding, this.dilation, this.groups) = (stride, padding, dilation, groups);
        var fanIn = in_channels / groups * kernel * kernel;
        weight = Parameter.Uniform([out_channels, in_channels / groups, kernel, kernel], fanIn, device, dtype);
        if (hasBias) bias = Parameter.Uniform([out_channels], fanIn, device, dtype);
    }

    public override Tensor forward(Tensor input) => nn.functional.conv2d(
        input, weight, bias, [stride, stride], [padding, padding], [dilation, dilation], groups);
}

/// <summary>max(x, 0), by libtorch.</summary>
public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    readonly bool inplace;

    internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

    public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
}

/// <summary>1 / (1 + e⁻ˣ), by libtorch.</summary>
public sealed class Sigmoid : nn.Module<Tensor, Tensor>
{
    internal Sigmoid() : base(nameof(Sigmoid)) { }

    public override Tensor forward(Tensor tensor) => tensor.sigmoid();
}

/// <summary>Modules called one after the other.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) register_module(name, module);
    }

    public override Tensor forward(Tensor tensor) =>
        children().Cast<nn.Module<Tensor, Tensor>>().Aggregate(tensor, (value, module) => module.call(value));
}
