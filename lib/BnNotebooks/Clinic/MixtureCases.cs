using System.Numerics.Tensors;
using BnNotebooks.Experiments;
using BnNotebooks.Slides;
using TorchSharp;

namespace BnNotebooks.Clinic;

/// <summary>Cases of batches that mix what does not belong together: padding, real and generated, two domains, parts on several machines.</summary>
public static class MixtureCases
{
    const int Seeds = 4, Features = 3, Length = 10;

    /// <summary>How much the outputs of four sentences of ten words change when they are padded to 60 places rather than to 12.</summary>
    /// <param name="normalize">
    /// Gets the words (sentences, features, places), zeros where there is none, and whether there is a word (sentences, places); gives
    /// (sentences, features, places).
    /// </param>
    public static Outcome ChangeByPadding(Func<torch.Tensor, torch.Tensor, torch.Tensor> normalize) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var scope = torch.NewDisposeScope();
        var words = Tensor.Create([.. SlideExamples.Normal(seed, 4, Features, Length).Select(z => z + 2)], [4, Features, Length]);
        float[] Outputs(int places)
        {
            var x = torch.zeros(4, Features, places);
            x.narrow(2, 0, Length).copy_(words.ToTorch());
            var there = torch.zeros(4, places, dtype: torch.ScalarType.Bool);
            there.narrow(1, 0, Length).copy_(torch.ones(4, Length, dtype: torch.ScalarType.Bool));
            return [.. normalize(x, there).narrow(2, 0, Length).ToTensor()];
        }
        return Outputs(12).Zip(Outputs(60), (a, b) => (double)Math.Abs(a - b)).Max();
    });

    /// <summary>
    /// The mean that eight generated images have behind a batch norm, of a feature that is around −1 in generated images and around 1 in real
    /// ones.
    /// </summary>
    /// <param name="reals">How many real ones are in their batch.</param>
    public static Outcome MeanOfGenerated(int reals) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var scope = torch.NewDisposeScope();
        float[] values =
        [
            .. SlideExamples.Normal(seed, 8).Select(z => -1 + 0.3f * z),
            .. Enumerable.Range(0, reals).Zip(SlideExamples.Normal(seed + 100, Math.Max(1, reals)), (_, z) => 1 + 0.3f * z),
        ];
        using var x = torch.tensor(values, [values.Length, 1]);
        return torch.nn.functional.batch_norm(x, null, null, training: true).narrow(0, 0, 8).ToTensor().Average(y => (double)y);
    });

    /// <summary>
    /// The accuracy in evaluation mode on two domains, the digits as they are and those in fog, after training on both in turn: the mean of
    /// the two.
    /// </summary>
    /// <param name="enter">
    /// Is called with the network and the number of the domain, 0 or 1, before each batch of it, and before it is evaluated on it.
    /// </param>
    public static Outcome AccuracyOnTwoDomains(Action<Patient, int> enter) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed);
        foreach (var batch in patient.Deal(patient.Train, 150))
        {
            enter(patient, 0);
            patient.Learn([batch]);
            enter(patient, 1);
            patient.Learn([EvaluationCases.Foggy(batch)]);
        }
        double On(int domain, Samples samples)
        {
            enter(patient, domain);
            patient.Model.Train(false);
            return patient.Accuracy(samples);
        }
        return (On(0, patient.Test) + On(1, EvaluationCases.Foggy(patient.Test))) / 2;
    });

    /// <summary>
    /// How far a normalization over replicas is from that of one batch of all their samples, at most. The replicas hold 2, 8 and 22 samples
    /// of three features.
    /// </summary>
    /// <param name="synchronized">Normalizes the parts of the batch.</param>
    public static Outcome AwayFromOneBatch(Func<IReadOnlyList<Tensor<float>>, IReadOnlyList<Tensor<float>>> synchronized) => Outcome.OfSeeds(Seeds, seed =>
    {
        int[] sizes = [2, 8, 22];
        Tensor<float>[] parts = [.. sizes.Select((size, i) => SlideExamples.Normal(10 * seed + i, size, Features))];
        var whole = Tensor.Create([.. parts.SelectMany(part => part)], [sizes.Sum(), Features]);
        var one = new Core.BatchNorm1d(Features).Forward(whole);
        return synchronized(parts).SelectMany(part => part).Zip(one, (a, b) => (double)Math.Abs(a - b)).Max();
    });

    /// <summary>Normalizes each feature by the plain mean of the replicas' means, and of their variances.</summary>
    /// <param name="parts">The samples of each replica, (N, C).</param>
    public static IReadOnlyList<Tensor<float>> ByMeanOfMeans(IReadOnlyList<Tensor<float>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var moments = parts.Select(ChannelMoments.Of).ToArray();
        double Mean(int feature) => moments.Average(moment => moment.Mean[feature]);
        double Variance(int feature) => moments.Average(moment => Math.Pow(moment.StandardDeviation[feature], 2));
        return [.. parts.Select(part => Tensor.Create([.. part.Select((value, i) =>
            (float)((value - Mean(i % Features)) / Math.Sqrt(Variance(i % Features) + 1e-5)))], part.Lengths))];
    }
}
