using BnNotebooks.Experiments;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases of the running mean and variance.</summary>
public static class RunningStatisticsCases
{
    const int Seeds = 4;

    /// <summary>The running mean after each of some batches of 20 around 5.</summary>
    /// <param name="norm">A batch norm of one feature.</param>
    /// <param name="batches">How many batches.</param>
    /// <param name="seed">Decides the batches.</param>
    public static double[] Path(BatchNorm norm, int batches, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(norm);
        using var scope = torch.NewDisposeScope();
        return [.. Streams.Batches(seed, Enumerable.Repeat(20, batches)).Select(batch =>
        {
            norm.call(batch);
            return (double)norm.running_mean!.item<float>();
        })];
    }

    /// <summary>
    /// How far a running mean is from the true one, 5, as root mean square over 200 batches of 20, behind a hundred that are left out.
    /// </summary>
    /// <param name="make">Makes a batch norm of one feature.</param>
    public static Outcome Tremor(Func<BatchNorm> make) => Outcome.OfSeeds(Seeds, seed =>
        Math.Sqrt(Path(make(), 300, seed).Skip(100).Average(mean => Math.Pow(mean - Streams.Mean, 2))));

    /// <summary>The running mean after 100 batches around 5.</summary>
    /// <param name="make">Makes a batch norm of one feature.</param>
    public static Outcome RunningMean(Func<BatchNorm> make) => Outcome.OfSeeds(Seeds, seed => After(make(), seed, Enumerable.Repeat(20, 100)).Mean);

    /// <summary>The running variance after batches of these sizes with a variance of 4.</summary>
    /// <param name="sizes">How many samples each batch has.</param>
    public static Outcome RunningVariance(IEnumerable<int> sizes) => Outcome.OfSeeds(Seeds, seed => After(new SteadyBatchNorm(1), seed, sizes).Variance);

    static (double Mean, double Variance) After(BatchNorm norm, int seed, IEnumerable<int> sizes)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var batch in Streams.Batches(seed, sizes))
            norm.call(batch);
        return (norm.running_mean!.item<float>(), norm.running_var!.item<float>());
    }

    /// <summary>
    /// The accuracy on the first task after the network, its weights as they were, has been run 60 times in training mode on the images
    /// of another.
    /// </summary>
    /// <param name="freeze">What is done so that the network stays as it is.</param>
    public static Outcome AccuracyAfterAnotherTask(Action<Patient> freeze) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed).Learn(150);
        patient.Model.Train();
        freeze(patient);
        patient.LookAt(patient.Deal(EvaluationCases.Foggy(patient.Train), 60));
        patient.Model.Train(false);
        return patient.Accuracy(patient.Test);
    });

    /// <summary>How far the running mean is from that of a layer that sees each of ten batches once, with momentum 0.1.</summary>
    /// <param name="make">Makes a batch norm of one feature.</param>
    /// <param name="passes">How often the layer sees each batch.</param>
    public static Outcome AwayFromOnePass(Func<BatchNorm> make, int passes)
    {
        using var scope = torch.NewDisposeScope();
        BatchNorm once = new SteadyBatchNorm(1), often = make();
        foreach (var batch in Streams.Batches(seed: 1, Enumerable.Repeat(20, 10)))
        {
            once.call(batch);
            for (var pass = 0; pass < passes; pass++)
                often.call(batch);
        }
        return Math.Abs(once.running_mean!.item<float>() - often.running_mean!.item<float>());
    }

    /// <summary>
    /// The test accuracy of a network whose weights are the mean of ten that one training run passed through, from step 60 to 150. It was made
    /// before training, as a copy, and has the averages that its batch norms had then.
    /// </summary>
    /// <param name="cure">What is done with the averaged network.</param>
    public static Outcome AccuracyOfAveragedWeights(Action<Patient> cure) => Outcome.OfSeeds(Seeds, seed =>
    {
        using Patient trained = new Patient(seed).Learn(50), averaged = new(seed);
        var sums = trained.Model.Parameters.Select(parameter => new float[parameter.NumberOfElements]).ToArray();
        const int Stops = 10;
        for (var stop = 0; stop < Stops; stop++)
        {
            trained.Learn(10);
            foreach (var (sum, parameter) in sums.Zip(trained.Model.Parameters))
                foreach (var (i, value) in parameter.detach().ToTensor().Index())
                    sum[i] += value / Stops;
        }
        Copy(sums, averaged.Model.Parameters);
        cure(averaged);
        averaged.Model.Train(false);
        return averaged.Accuracy(averaged.Test);
    });

    static void Copy(IEnumerable<float[]> from, IEnumerable<torch.Tensor> to)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        foreach (var (values, target) in from.Zip(to))
            target.copy_(torch.tensor(values, target.shape));
    }
}
