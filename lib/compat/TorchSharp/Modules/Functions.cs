using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A layer that learns nothing: one of libtorch's functions, told whether it is in training.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>
{
    readonly Func<T1, bool, TResult> function;

    private protected ParameterLessModule(Func<T1, bool, TResult> function, string name) : base(name) => this.function = function;

    public override TResult forward(T1 input) => function(input, training);
}

/// <summary>max(x, 0).</summary>
public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
{
    internal ReLU(bool inplace) : base((x, _) => nn.functional.relu(x, inplace), nameof(ReLU)) { }
}

/// <summary>max(x, 0) + slope · min(x, 0).</summary>
public sealed class LeakyReLU : ParameterLessModule<Tensor, Tensor>
{
    internal LeakyReLU(double slope, bool inplace)
        : base((x, _) => nn.functional.leaky_relu(x, slope, inplace), nameof(LeakyReLU)) { }
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
{
    internal Sigmoid() : base((x, _) => x.sigmoid(), nameof(Sigmoid)) { }
}

/// <summary>The hyperbolic tangent.</summary>
public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
{
    internal Tanh() : base((x, _) => x.tanh(), nameof(Tanh)) { }
}

/// <summary>Zeros with probability p in training, and the rest multiplied by 1/(1 − p).</summary>
public sealed class Dropout : ParameterLessModule<Tensor, Tensor>
{
    internal Dropout(double p, bool inplace)
        : base((x, training) => nn.functional.dropout(x, p, training, inplace), nameof(Dropout)) { }
}

/// <summary>Some dimensions made one.</summary>
public sealed class Flatten : ParameterLessModule<Tensor, Tensor>
{
    internal Flatten(long start_dim, long end_dim) : base((x, _) => x.flatten(start_dim, end_dim), nameof(Flatten)) { }
}

/// <summary>The largest value of each window of (N, C, H, W).</summary>
public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool2d(Func<Tensor, Tensor> pool) : base((x, _) => pool(x), nameof(MaxPool2d)) { }
}

/// <summary>The mean of each window of (N, C, H, W).</summary>
public sealed class AvgPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal AvgPool2d(Func<Tensor, Tensor> pool) : base((x, _) => pool(x), nameof(AvgPool2d)) { }
}

/// <summary>Means over as many windows of (N, C, H, W) as are asked for.</summary>
public sealed class AdaptiveAvgPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal AdaptiveAvgPool2d(long size)
        : base((x, _) => nn.functional.adaptive_avg_pool2d(x, size), nameof(AdaptiveAvgPool2d)) { }
}
