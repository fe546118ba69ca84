using System.Numerics.Tensors;
using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Slides;

/// <summary>The three code examples of the slides (14 to 16), each computed by hand and by libtorch on the same numbers.</summary>
public static class SlideExamples
{
    /// <summary>The seed of every example's input. Any other does as well: the methods take one.</summary>
    public const long Seed = 42;

    /// <summary>
    /// Slide 14, <c>batch_normalize()</c>: each feature of a small table normalized by its own mean and variance. The slide
    /// does not show its data; ours are three features on different scales.
    /// </summary>
    /// <param name="samples">N, the number of rows, at least 2.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Comparison BatchNormalize(int samples = 8, long seed = Seed)
    {
        // libtorch has no such function, but its operator does the same when it is given no parameters and no running statistics.
        return Comparison.Run(
            "batch_normalize",
            ThreeScales(samples, seed),
            x => BatchNormalization.Normalize(x),
            x => torch.nn.functional.batch_norm(x, null, null, training: true));
    }

    /// <summary>Slide 15: <c>nn.BatchNorm1d(102, affine=False)</c> on 22 samples of 102 features.</summary>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Comparison BatchNorm1d(long seed = Seed)
    {
        var byHand = new BatchNorm1d(102, affine: false);
        using var byTorch = new SteadyBatchNorm(102, affine: false);
        return Comparison.Run("BatchNorm1d", Normal(seed, 22, 102), x => byHand.Forward(x), byTorch.call);
    }

    /// <summary>
    /// Slide 16: <c>nn.BatchNorm2d(120, affine=False)</c> on 20 samples of 120 channels, 55 rows and 65 columns. (The slide
    /// says 20 batches; it is one batch of 20 samples.)
    /// </summary>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Comparison BatchNorm2d(long seed = Seed)
    {
        var byHand = new BatchNorm2d(120, affine: false);
        using var byTorch = new SteadyBatchNorm(120, affine: false);
        return Comparison.Run("BatchNorm2d", Normal(seed, 20, 120, 55, 65), x => byHand.Forward(x), byTorch.call);
    }

    /// <summary>Standard normal numbers from a generator of libtorch: what <c>torch.randn</c> gives after <c>torch.manual_seed</c>.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    public static Tensor<float> Normal(long seed, params long[] shape)
    {
        // Of its own: the one that all of libtorch shares may be drawn from on other threads in between.
        using var generator = new torch.Generator((ulong)seed);
        using var numbers = torch.randn(shape, generator: generator);
        return numbers.ToTensor();
    }

    /// <summary>A table of three features, around 1 ± 0.1, 50 ± 20 and 1,000 ± 300.</summary>
    /// <param name="samples">N, the number of rows.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Tensor<float> ThreeScales(int samples, long seed = Seed)
    {
        (float Mean, float Deviation)[] scales = [(1f, 0.1f), (50f, 20f), (1000f, 300f)];
        var table = Normal(seed, samples, scales.Length);
        for (var row = 0; row < samples; row++)
            for (var feature = 0; feature < scales.Length; feature++)
                table[row, feature] = scales[feature].Mean + scales[feature].Deviation * table[row, feature];
        return table;
    }
}
