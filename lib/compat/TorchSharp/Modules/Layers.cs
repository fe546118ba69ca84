using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>y = x Wᵀ + b, by libtorch.</summary>
public class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        (in_features, out_features) = (inputSize, outputSize);
        weight = FanIn.Uniform([outputSize, inputSize], inputSize, device, dtype);
        if (hasBias) bias = FanIn.Uniform([outputSize], inputSize, device, dtype);
    }

    public long in_features { get; set; }
    public long out_features { get; set; }
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
        long in_channels, long out_channels, long kernel_size, long stride, long padding, long dilation, PaddingModes padding_mode,
        long groups, bool bias, Device? device, ScalarType? dtype) : base(nameof(Conv2d))
    {
        if (padding_mode != PaddingModes.Zeros)
            throw new NotSupportedException($"The stand-in for TorchSharp pads with zeros only, not with {padding_mode}.");
        (this.stride, this.padding, this.dilation, this.groups) = (stride, padding, dilation, groups);
        var fanIn = in_channels / groups * kernel_size * kernel_size;
        weight = FanIn.Uniform([out_channels, in_channels / groups, kernel_size, kernel_size], fanIn, device, dtype);
        if (bias) this.bias = FanIn.Uniform([out_channels], fanIn, device, dtype);
    }

    public override Tensor forward(Tensor input) => nn.functional.conv2d(
        input, weight, bias, [stride, stride], [padding, padding], [dilation, dilation], groups);
}

/// <summary>PyTorch's start for linear layers and convolutions: uniform within ±1/√(inputs of a unit).</summary>
static class FanIn
{
    internal static Parameter Uniform(long[] shape, long fanIn, Device? device, ScalarType? dtype)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        return new Parameter(nn.init.uniform_(empty(shape, dtype, device), -bound, bound));
    }
}

/// <summary>max(x, 0), by libtorch.</summary>
public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
}

/// <summary>1 / (1 + e⁻ˣ), by libtorch.</summary>
public sealed class Sigmoid : nn.Module<Tensor, Tensor>
{
    internal Sigmoid(bool inplace) : base(nameof(Sigmoid)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, inplace);
}

/// <summary>Modules called one after the other.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) register_module(name, module);
    }

    public int Count => children().Count();

    public override Tensor forward(Tensor tensor) =>
        children().Cast<nn.Module<Tensor, Tensor>>().Aggregate(tensor, (value, module) => module.call(value));
}
