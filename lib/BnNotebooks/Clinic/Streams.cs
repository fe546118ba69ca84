using System.Numerics.Tensors;
using BnNotebooks.Slides;
using TorchSharp;

namespace BnNotebooks.Clinic;

/// <summary>Batches of one feature around 5 with a standard deviation of 2, for layers that stand alone.</summary>
static class Streams
{
    public const double Mean = 5, Deviation = 2;

    /// <summary>Batches of these sizes, for the current scope.</summary>
    public static IEnumerable<torch.Tensor> Batches(int seed, IEnumerable<int> sizes) =>
        sizes.Select((size, i) => Batch(1000 * seed + i, size).ToTorch());

    /// <summary>A batch (size, 1).</summary>
    public static Tensor<float> Batch(long seed, int size) =>
        Tensor.Create([.. SlideExamples.Normal(seed, size).Select(z => (float)(Mean + Deviation * z))], [size, 1]);
}
