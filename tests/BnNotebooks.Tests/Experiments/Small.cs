using System.Numerics.Tensors;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

/// <summary>Data and experiments so small that a run takes milliseconds.</summary>
internal static class Small
{
    /// <summary>Three classes of images of 6 × 6 pixels: noise, brighter in another third of the image for each.</summary>
    public static DataSet Images { get; } = new("stripes", Stripes(150, seed: 1), Stripes(60, seed: 2));

    /// <summary>y = 2·x₀ − x₁ + 0.5.</summary>
    public static DataSet Line { get; } = new("line", Points(64, seed: 1), Points(32, seed: 2));

    public static Experiment Perceptron { get; } = new()
    {
        Data = Images,
        Network = new Perceptron(20, 20),
        LearningRate = 0.1,
        BatchSize = 15,
        Steps = 40,
        EvaluateEvery = 10,
    };

    public static Experiment Cnn { get; } = Perceptron with { Network = new Cnn(4, 8) };

    private static Samples Stripes(int count, int seed)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        float[] pixels = [.. labels.SelectMany(label => Enumerable.Range(0, 36).Select(pixel =>
            random.NextSingle() + (pixel / 12 == label ? 0.5f : 0)))];
        return new Samples(Tensor.Create(pixels, [count, 6, 6]), labels);
    }

    private static Samples Points(int count, int seed)
    {
        var random = new Random(seed);
        float[] x = [.. Enumerable.Range(0, count * 2).Select(_ => 2 * random.NextSingle() - 1)];
        return new Samples(Tensor.Create(x, [count, 2]), (float[])[.. Enumerable.Range(0, count).Select(i => 2 * x[2 * i] - x[2 * i + 1] + 0.5f)]);
    }
}
