using System.Numerics.Tensors;
using BnNotebooks.Core;
using BnNotebooks.Data;
using TorchSharp;

namespace BnNotebooks.Tests.Live;

/// <summary>Our perceptron and TorchSharp's, from the same weights and on the same batches, learn to read digits alike.</summary>
public class HandwrittenDigitsTests(ITestOutputHelper output)
{
    private const int BatchSize = 64;
    private const int Epochs = 5;
    private const double Lr = 0.05;
    private const double Momentum = 0.9;

    private static readonly int[] Sizes = [64, 100, 100, 10];

    [Fact]
    public void A_perceptron_with_batch_norm_learns_as_TorchSharps_does()
    {
        torch.set_num_threads(1);
        var (train, test) = Digits.Split();
        train = train with { Pixels = Tensor.Divide<float>(train.Pixels, 16) };
        test = test with { Pixels = Tensor.Divide<float>(test.Pixels, 16) };
        var ours = new Mlp(Sizes, normalization: "batch", seed: 1);
        using var theirs = new TorchPerceptron(Sizes, ours, Lr, Momentum);
        var loss = new SoftmaxCrossEntropy();
        var sgd = new Sgd(ours.Parameters, Lr, Momentum);
        var (ourCurve, theirCurve) = (new List<float>(), new List<float>());

        foreach (var (pixels, labels) in Batches(train))
        {
            sgd.ZeroGrad();
            ourCurve.Add(loss.Forward(ours.Forward(pixels), labels));
            ours.Backward(loss.Backward());
            sgd.Step();
            theirCurve.Add(theirs.Step(pixels, labels));
        }
        ours.Eval();
        var ourAccuracy = Accuracy(ours.Forward(test.Pixels), test.Labels);
        var theirAccuracy = Accuracy(theirs.Evaluate(test.Pixels), test.Labels);

        var differences = ourCurve.Zip(theirCurve, (a, b) => Math.Abs(a - b)).ToArray();
        output.WriteLine($"accuracy: ours {ourAccuracy:p2}, TorchSharp's {theirAccuracy:p2}");
        output.WriteLine($"loss: from {ourCurve[0]:f4} to {ourCurve[49]:f4} in 50 steps, {ourCurve[^1]:f4} in {ourCurve.Count}");
        output.WriteLine($"curves differ by at most {differences[..50].Max():g2} in 50 steps, {differences.Max():g2} in all");

        // Both round to float, in another order; each step hands the difference on to the next, and a ReLU or two may switch.
        Assert.All(differences[..50], difference => Assert.InRange(difference, 0, 1e-3));
        // One of the 360 test images is 0.28 percentage points.
        Assert.InRange(ourAccuracy - theirAccuracy, -0.01, 0.01);
        // Not by both failing: a guess is right in 10 % of these images, logistic regression in 90 %.
        Assert.InRange(ourAccuracy, 0.9, 1);
    }

    // Every epoch in a new order, the same on every run. The few images that fill no batch are left out.
    private static IEnumerable<(Tensor<float> Pixels, int[] Labels)> Batches(DigitImages images)
    {
        var random = new Random(1);
        int[] order = [.. Enumerable.Range(0, images.Labels.Length)];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var batch in order.Chunk(BatchSize).Where(batch => batch.Length == BatchSize))
            {
                var pixels = Tensor.CreateFromShape<float>([BatchSize, 64]);
                for (var n = 0; n < BatchSize; n++)
                    for (var p = 0; p < 64; p++)
                        pixels[n, p] = images.Pixels[batch[n], p];
                yield return (pixels, [.. batch.Select(row => images.Labels[row])]);
            }
        }
    }

    private static double Accuracy(Tensor<float> logits, int[] labels)
    {
        var values = new float[logits.FlattenedLength];
        logits.FlattenTo(values);
        return labels.Select((label, n) => TensorPrimitives.IndexOfMax<float>(values.AsSpan(n * 10, 10)) == label).Count(right => right)
            / (double)labels.Length;
    }
}
