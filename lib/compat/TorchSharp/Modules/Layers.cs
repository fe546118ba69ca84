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

    /// <summary>PyTorch's start for linear layers: within ±1/√(inputs of a unit).</summary>
    static Tensor Uniform(Tensor tensor, long inputs) =>
        Aten.CallInPlace("uniform_", tensor, -1 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs));
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
        foreach (var (name, module) in modules) AddModule(name, module);
    }

    public override Tensor forward(Tensor tensor) =>
        Submodules.Cast<nn.Module<Tensor, Tensor>>().Aggregate(tensor, (value, module) => module.call(value));
}
