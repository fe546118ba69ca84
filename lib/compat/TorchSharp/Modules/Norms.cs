using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the factories of batch and instance norms hand on.</summary>
readonly record struct NormOptions(long Features, double Eps, double Momentum, bool Affine, bool Track, ScalarType? Dtype);

/// <summary>What batch and instance normalization share: a weight and bias, and running statistics, per channel.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    private protected NormBase(NormOptions options, string name) : base(name)
    {
        (Options, momentum) = (options, options.Momentum);
        var (features, dtype) = (options.Features, options.Dtype);
        if (options.Affine) (weight, bias) = (new(ones(features, dtype)), new(zeros(features, dtype)));
        if (!options.Track) return;
        (running_mean, running_var) = (zeros(features, dtype), ones(features, dtype));
        num_batches_tracked = zeros([], int64);
    }

    private protected NormOptions Options { get; }

    public double? momentum { get; set; }
    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }
    public Tensor? running_mean { get => OwnBuffer("running_mean"); set => SetBuffer("running_mean", value); }
    public Tensor? running_var { get => OwnBuffer("running_var"); set => SetBuffer("running_var", value); }
    public Tensor? num_batches_tracked
    {
        get => OwnBuffer("num_batches_tracked");
        set => SetBuffer("num_batches_tracked", value);
    }

    private protected static void CheckRank(Tensor input, params long[] ranks)
    {
        if (!ranks.Contains(input.ndim))
            throw new ArgumentException(
                $"expected {string.Join(" or ", ranks.Select(rank => $"{rank}D"))} input, but got {input.ndim}D input.");
    }
}

/// <summary>Batch normalization by libtorch, with PyTorch's keeping of the running statistics.</summary>
public abstract class BatchNorm : NormBase
{
    readonly long[] ranks;

    private protected BatchNorm(NormOptions options, string name, params long[] ranks)
        : base(options, name) => this.ranks = ranks;

    public override Tensor forward(Tensor input)
    {
        CheckRank(input, ranks);
        if (training) num_batches_tracked?.add_(1);
        // Without a momentum the running statistics are the plain average over all batches so far.
        var average = momentum ?? (training && num_batches_tracked is { } batches ? 1.0 / batches.item<long>() : 0.0);
        return nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias,
            training || (running_mean is null && running_var is null), average, Options.Eps);
    }
}

/// <summary>Batch normalization of (N, C) or (N, C, L).</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(NormOptions options) : base(options, nameof(BatchNorm1d), 2, 3) { }
}

/// <summary>Batch normalization of (N, C, H, W).</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(NormOptions options) : base(options, nameof(BatchNorm2d), 4) { }
}

/// <summary>Batch normalization of (N, C, D, H, W).</summary>
public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(NormOptions options) : base(options, nameof(BatchNorm3d), 5) { }
}

/// <summary>Instance normalization by libtorch; an input without a batch dimension is a batch of one.</summary>
public abstract class InstanceNorm : NormBase
{
    readonly long rank;

    private protected InstanceNorm(NormOptions options, string name, long rank) : base(options, name) => this.rank = rank;

    public override Tensor forward(Tensor input)
    {
        CheckRank(input, rank - 1, rank);
        var channels = input.ndim < rank ? 0 : 1;
        if (input.shape[channels] != Options.Features)
            throw new ArgumentException(
                $"expected input's size at dim={channels} to match num_features ({Options.Features}), "
                + $"but got: {input.shape[channels]}.");
        var normalized = nn.functional.instance_norm(
            channels == 0 ? input.unsqueeze(0) : input, running_mean, running_var, weight, bias,
            training || !Options.Track, momentum ?? 0, Options.Eps);
        return channels == 0 ? normalized.select(0, 0) : normalized;
    }
}

/// <summary>Instance normalization of (N, C, L) or (C, L).</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(NormOptions options) : base(options, nameof(InstanceNorm1d), 3) { }
}

/// <summary>Instance normalization of (N, C, H, W) or (C, H, W).</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(NormOptions options) : base(options, nameof(InstanceNorm2d), 4) { }
}

/// <summary>
/// Group normalization by libtorch. Weight and bias start as ones and zeros, as in PyTorch; the real TorchSharp leaves them
/// uninitialised (from 0.104 on), so code for both sets them first.
/// </summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    readonly long num_groups;
    readonly double eps;

    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, ScalarType? dtype) : base(nameof(GroupNorm))
    {
        (this.num_groups, this.eps) = (num_groups, eps);
        if (affine) (weight, bias) = (new(ones(num_channels, dtype)), new(zeros(num_channels, dtype)));
    }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
}

/// <summary>Layer normalization by libtorch, over the last dimensions.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    readonly long[] normalized_shape;
    readonly double eps;

    internal LayerNorm(long[] normalized_shape, double eps, bool affine, bool hasBias, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        (this.normalized_shape, this.eps) = (normalized_shape, eps);
        if (affine) weight = new(ones(normalized_shape, dtype));
        if (affine && hasBias) bias = new(zeros(normalized_shape, dtype));
    }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
