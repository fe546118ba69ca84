using System.Numerics;
using BnNotebooks.Core;

namespace BnNotebooks.Tests.Live;

/// <summary>The layers that are held beside libtorch; <see cref="TorchFormulas"/> says what each is there.</summary>
public enum LiveLayer
{
    Batch, BatchRenorm, Layer, Group, Instance, TrackedInstance, Rms,
    Attentive, Switchable, Stochastic, WeightNormLinear, DyT, Linear, Relu, Sigmoid,
}

internal static class LiveLayers
{
    /// <summary>Our layer for a case.</summary>
    public static Layer<T> Make<T>(this LayerCase c) where T : unmanaged, IFloatingPointIeee754<T> => c.Layer switch
    {
        LiveLayer.Batch => MakeBatchNorm<T>(c),
        LiveLayer.BatchRenorm => new BatchRenorm<T>(c.Channels, c.RMax, c.DMax, c.Eps, c.FixedMomentum, c.Affine),
        LiveLayer.Layer => new LayerNorm<T>(c.NormalizedShape, c.Eps, c.Affine) { Method = c.Method },
        LiveLayer.Group => new GroupNorm<T>(c.Groups, c.Channels, c.Eps, c.Affine) { Method = c.Method },
        LiveLayer.Instance => MakeInstanceNorm<T>(c, track: false),
        LiveLayer.TrackedInstance => MakeInstanceNorm<T>(c, track: true),
        LiveLayer.Rms => new RmsNorm<T>(c.NormalizedShape, c.Eps, c.Affine) { Method = c.Method },
        LiveLayer.Attentive => new AttentiveNorm<T>(c.Channels, numComponents: c.Size, c.Eps, c.Momentum),
        LiveLayer.Switchable => new SwitchableNorm<T>(c.Channels, c.Eps, c.Momentum, c.UseInstanceStatistics),
        LiveLayer.Stochastic => new StochasticBatchNorm<T>(c.Channels, 1 + c.Size, c.Eps, c.Momentum, c.Affine, new Random(c.Seed))
        {
            NoiseInEval = c.Option,
        },
        LiveLayer.WeightNormLinear => new WeightNormLinear<T>((int)c.Shape[^1], c.Size, bias: c.Option),
        LiveLayer.DyT => new DyT<T>(c.NormalizedShape),
        LiveLayer.Linear => new Linear<T>((int)c.Shape[^1], c.Size, bias: c.Option),
        LiveLayer.Relu => new ReLU<T>(),
        LiveLayer.Sigmoid => new Sigmoid<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(c), c.Layer, "Expected a layer that can be made."),
    };

    static BatchNorm<T> MakeBatchNorm<T>(LayerCase c) where T : unmanaged, IFloatingPointIeee754<T> => c.Shape.Length switch
    {
        4 => new BatchNorm2d<T>(c.Channels, c.Eps, c.Momentum, c.Affine, c.Option) { Method = c.Method },
        5 => new BatchNorm3d<T>(c.Channels, c.Eps, c.Momentum, c.Affine, c.Option) { Method = c.Method },
        _ => new BatchNorm1d<T>(c.Channels, c.Eps, c.Momentum, c.Affine, c.Option) { Method = c.Method },
    };

    static InstanceNorm<T> MakeInstanceNorm<T>(LayerCase c, bool track)
        where T : unmanaged, IFloatingPointIeee754<T> => c.Shape.Length switch
        {
            4 => new InstanceNorm2d<T>(c.Channels, c.Eps, c.FixedMomentum, c.Affine, track) { Method = c.Method },
            5 => new InstanceNorm3d<T>(c.Channels, c.Eps, c.FixedMomentum, c.Affine, track) { Method = c.Method },
            _ => new InstanceNorm1d<T>(c.Channels, c.Eps, c.FixedMomentum, c.Affine, track) { Method = c.Method },
        };
}
