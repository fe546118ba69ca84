using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor to learn. It takes the tensor it is made from over: that one is invalid afterwards.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : base(data.Release()) => this.requires_grad = requires_grad;
}

/// <summary>y = x Wᵀ + b, by libtorch.</summary>
public class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, ScalarType? dtype) : base(nameof(Linear))
    {
        weight = new(Uniform(zeros(outputSize, inputSize, dtype), inputSize));
        if (hasBias) bias = new(Uniform(zeros(outputSize, dtype), inputSize));
    }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);

    /// <summary>PyTorch's start for linear layers and convolutions: within ±1/√(inputs of a unit).</summary>
    internal static Tensor Uniform(Tensor tensor, long inputs) =>
        Aten.CallInPlace("uniform_", tensor, -1 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs));
}

/// <summary>What convolutions of all ranks share.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(long[] weightShape, bool hasBias, ScalarType? dtype, string name) : base(name)
    {
        var inputs = weightShape[1..].Aggregate((product, size) => product * size);
        weight = new(Linear.Uniform(zeros(weightShape, dtype), inputs));
        if (hasBias) bias = new(Linear.Uniform(zeros(weightShape[0], dtype), inputs));
    }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }
}

/// <summary>Convolution of (N, C, H, W) by libtorch.</summary>
public sealed class Conv2d : Convolution
{
    readonly Func<Tensor, Tensor> function;

    internal Conv2d(long[] weightShape, long stride, long padding, long dilation, long groups, bool hasBias, ScalarType? dtype)
        : base(weightShape, hasBias, dtype, nameof(Conv2d)) =>
        function = x => nn.functional.conv2d(x, weight, bias, [stride, stride], [padding, padding], [dilation, dilation], groups);

    public override Tensor forward(Tensor input) => function(input);
}

/// <summary>Modules called one after the other.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) AddModule(name, module);
    }

    public override Tensor forward(Tensor tensor) =>
        Submodules.Cast<nn.Module<Tensor, Tensor>>().Aggregate(tensor, (value, module) => module.call(value));
}
