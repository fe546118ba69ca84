using System.Numerics.Tensors;
using BnNotebooks.Core;
using BnNotebooks.Experiments;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of what is in a batch, and how batches follow each other.</summary>
public static class BatchCases
{
    const int Seeds = 4;

    /// <summary>What this library's batch norm says of batches of these sizes.</summary>
    /// <param name="sizes">How many samples each batch has.</param>
    public static Outcome Train(IEnumerable<int> sizes)
    {
        var norm = new BatchNorm1d(1);
        return Outcome.Of(() =>
        {
            foreach (var size in sizes)
                norm.Forward(Streams.Batch(seed: size, size));
        });
    }

    /// <summary>The largest output of TorchSharp's batch norm, γ = 1 and β = 0, for the last of batches of these sizes.</summary>
    /// <param name="sizes">How many samples each batch has.</param>
    public static Outcome LargestOutputOfLast(IEnumerable<int> sizes)
    {
        using var scope = torch.NewDisposeScope();
        var last = sizes.Last();
        return new SteadyBatchNorm(1).call(Streams.Batch(seed: last, last).ToTorch()).ToTensor().Max(Math.Abs);
    }

    /// <summary>The test accuracy after ten rounds through the training images.</summary>
    /// <param name="order">Gets the labels, and gives the numbers of the images in the order in which they come.</param>
    public static Outcome AccuracyAfterTraining(Func<int[], Random, int[]> order) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed);
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
            patient.Learn(order(patient.Train.Labels!, random).Chunk(60).Where(rows => rows.Length == 60).Select(patient.Train.Rows));
        patient.Model.Train(false);
        return patient.Accuracy(patient.Test);
    });

    /// <summary>
    /// How far the mean gradient of eight batches of 8 is from that of one batch of the same 64 images, as a share of the latter's length.
    /// </summary>
    /// <param name="norm">The normalization.</param>
    public static Outcome GradientGap(Norm norm) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed, Patient.Usual with { Normalization = norm });
        patient.Model.Train();
        var batch = patient.Train.Take(64);
        var whole = patient.Gradients(batch);
        var mean = new float[whole.Length];
        foreach (var part in Enumerable.Range(0, 64).Chunk(8))
            foreach (var (i, value) in patient.Gradients(batch.Rows(part)).Index())
                mean[i] += value / 8;
        return TensorPrimitives.Distance<float>(mean, whole) / TensorPrimitives.Norm<float>(whole);
    });

    /// <summary>What comes of a backward pass, if something happens between it and its forward pass.</summary>
    /// <param name="between">What happens to the batch norm.</param>
    public static Outcome Backward(Action<BatchNorm> between)
    {
        using var scope = torch.NewDisposeScope();
        var norm = new SteadyBatchNorm(1);
        var y = norm.call(Streams.Batch(seed: 1, 20).ToTorch().requires_grad_());
        using (torch.no_grad())
            between(norm);
        return Outcome.Of(() => y.sum().backward());
    }
}
