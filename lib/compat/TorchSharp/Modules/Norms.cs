using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor to learn. It takes the tensor it is made from over: that one is invalid afterwards.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : base(data.Release()) => requires_grad_(requires_grad);
}

/// <summary>What batch and instance normalization share: a weight and bias, and running statistics, per channel.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype, device));
            bias = new Parameter(zeros(num_features, dtype, device));
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);
            running_var = ones(num_features, dtype, device);
            num_batches_tracked = zeros([], int64, device);
        }
    }

    public long num_features { get; }
    public double eps { get; set; }
    public double? momentum { get; set; }
    public bool affine { get; }
    public bool track_running_stats { get; }

    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }
    public Tensor? running_mean { get => OwnBuffer("running_mean"); set => SetBuffer("running_mean", value); }
    public Tensor? running_var { get => OwnBuffer("running_var"); set => SetBuffer("running_var", value); }
    public Tensor? num_batches_tracked { get => OwnBuffer("num_batches_tracked"); set => SetBuffer("num_batches_tracked", value); }

    public void reset_running_stats()
    {
        running_mean?.zero_();
        running_var?.fill_(1);
        num_batches_tracked?.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(weight);
        if (bias is not null) nn.init.zeros_(bias);
    }

    private protected static void CheckRank(Tensor input, params long[] ranks)
    {
        if (!ranks.Contains(input.ndim))
            throw new ArgumentException($"expected {string.Join(" or ", ranks.Select(rank => $"{rank}D"))} input, but got {input.ndim}D input.");
    }
}

/// <summary>Batch normalization by libtorch, with PyTorch's keeping of the running statistics.</summary>
public abstract class BatchNorm : NormBase
{
    public BatchNorm(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name) : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    private protected abstract void CheckRank(Tensor input);

    public override Tensor forward(Tensor input)
    {
        CheckRank(input);
        if (training) num_batches_tracked?.add_(1);
        // Without a momentum the running statistics are the plain average over all batches so far.
        var average = momentum ?? (training && num_batches_tracked is { } batches ? 1.0 / batches.item<long>() : 0.0);
        return nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias, training || (running_mean is null && running_var is null), average, eps);
    }
}

/// <summary>Batch normalization of (N, C) or (N, C, L).</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d)) { }

    private protected override void CheckRank(Tensor input) => CheckRank(input, 2, 3);
}

/// <summary>Batch normalization of (N, C, H, W).</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d)) { }

    private protected override void CheckRank(Tensor input) => CheckRank(input, 4);
}

/// <summary>Batch normalization of (N, C, D, H, W).</summary>
public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d)) { }

    private protected override void CheckRank(Tensor input) => CheckRank(input, 5);
}

/// <summary>Instance normalization by libtorch; an input without a batch dimension is a batch of one.</summary>
public abstract class InstanceNorm : NormBase
{
    public InstanceNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name) : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    private protected abstract long BatchRank { get; }

    public override Tensor forward(Tensor input)
    {
        CheckRank(input, BatchRank - 1, BatchRank);
        var single = input.ndim < BatchRank;
        var channels = single ? 0 : 1;
        if (input.size(channels) != num_features)
            throw new ArgumentException(
                $"expected input's size at dim={channels} to match num_features ({num_features}), but got: {input.size(channels)}.");
        var normalized = nn.functional.instance_norm(
            single ? input.unsqueeze(0) : input, running_mean, running_var, affine ? weight : null, bias,
            training || !track_running_stats, momentum ?? 0, eps);
        return single ? normalized.squeeze(0) : normalized;
    }
}

/// <summary>Instance normalization of (N, C, L) or (C, L).</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d)) { }

    private protected override long BatchRank => 3;
}

/// <summary>Instance normalization of (N, C, H, W) or (C, H, W).</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d)) { }

    private protected override long BatchRank => 4;
}

/// <summary>
/// Group normalization by libtorch. Weight and bias start as ones and zeros, as in PyTorch; the real TorchSharp leaves them
/// uninitialised (from 0.104 on), so code for both sets them first.
/// </summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
    {
        (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
        if (!affine) return;
        weight = new Parameter(ones(num_channels, dtype, device));
        bias = new Parameter(zeros(num_channels, dtype, device));
    }

    public long num_groups { get; set; }
    public double eps { get; set; }
    public bool affine { get; set; }
    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
}

/// <summary>Layer normalization by libtorch, over the last dimensions.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
        if (!elementwise_affine) return;
        weight = new Parameter(ones(normalized_shape, dtype, device));
        if (bias) this.bias = new Parameter(zeros(normalized_shape, dtype, device));
    }

    public long[] normalized_shape { get; set; }
    public double eps { get; set; }
    public bool elementwise_affine { get; set; }
    public Parameter weight { get => OwnParameter("weight")!; set => SetParameter("weight", value); }
    public Parameter? bias { get => OwnParameter("bias"); set => SetParameter("bias", value); }

    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
