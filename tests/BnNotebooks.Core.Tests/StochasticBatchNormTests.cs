using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class StochasticBatchNormTests
{
    const int Draws = 50_000;

    // A right test of this many standard errors fails for one seed in a million; ours is fixed.
    const double StandardErrors = 5;

    [Theory, InlineData(2), InlineData(3), InlineData(6), InlineData(33)]
    public void The_noise_has_the_moments_that_the_derivation_gives(int m)
    {
        var (u, v) = Noise(m);

        // Standard errors of a mean, √(Var/n), and of a variance, Var·√((kurtosis − 1)/n); χ²(k) has the kurtosis 3 + 12/k.
        var (varianceOfU, varianceOfV) = (1.0 / m, 2.0 * (m - 1) / m / m);
        Assert.Equal(0, u.Average(), StandardErrors * Math.Sqrt(varianceOfU / Draws));
        Assert.Equal(varianceOfU, Data.Variance(u), StandardErrors * varianceOfU * Math.Sqrt(2.0 / Draws));
        Assert.Equal((m - 1.0) / m, v.Average(), StandardErrors * Math.Sqrt(varianceOfV / Draws));
        Assert.Equal(varianceOfV, Data.Variance(v), StandardErrors * varianceOfV * Math.Sqrt((2 + 12.0 / (m - 1)) / Draws));

        var covariance = u.Zip(v, (a, b) => a * (b - (m - 1.0) / m)).Average();
        Assert.Equal(0, covariance, StandardErrors * Math.Sqrt(varianceOfU * varianceOfV / Draws));
        Assert.All(v, value => Assert.True(value > 0));
    }

    [Theory, InlineData(2), InlineData(5), InlineData(8)]
    public void The_noise_is_distributed_as_the_statistics_of_real_batches(int m)
    {
        var (u, v) = Noise(m);
        var batches = ChannelStatistics.Of(Data.Normal<double>(seed: 2, [m, Draws], mean: 3, std: 2));

        var realU = batches.Mean.ToArray().Select(mean => (mean - 3) / 2).ToArray();
        var realV = batches.Variance.ToArray().Select(variance => variance / 4).ToArray();

        // Kolmogorov and Smirnov: two samples of n from one distribution differ by more than 1.95·√(2/n) once in a thousand.
        var limit = 1.95 * Math.Sqrt(2.0 / Draws);
        Assert.InRange(LargestDifference(u, realU), 0, limit);
        Assert.InRange(LargestDifference(v, realV), 0, limit);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Without_noise_it_normalizes_by_the_statistics_of_the_population(bool training)
    {
        var x = Data.Normal<double>(seed: 3, [4, 2, 3]);
        var gradient = Data.Normal<double>(seed: 4, [4, 2, 3]);
        var layer = Prepared(2, momentum: 0.1, affine: true);
        layer.NoiseScale = training ? 0 : 1;        // in evaluation there is none whatever the scale
        layer.Train(training);
        var batchNorm = new BatchNorm1d<double>(2);
        batchNorm.LoadStateDict(layer.StateDict());
        batchNorm.Eval();

        Close.Assert(batchNorm.Forward(x), layer.Forward(x), 0, "output");
        Close.Assert(batchNorm.Backward(gradient), layer.Backward(gradient), 0, "gradInput");
        Close.Assert(batchNorm.Weight!.Grad, layer.Weight!.Grad, 0, "weight.grad");
        Assert.Equal([0, 0], layer.MeanNoise.ToArray());
        Assert.Equal([1, 1], layer.VarianceNoise.ToArray());
    }

    [Fact]
    public void The_output_is_that_of_a_batch_norm_whose_statistics_have_the_noise_on_them()
    {
        var x = Data.Normal<double>(seed: 5, [4, 2, 3]);
        var layer = Prepared(2, momentum: 0.1, affine: true);
        var (mean, variance) = (layer.RunningMean.ToArray(), layer.RunningVar.ToArray());
        var batchNorm = new BatchNorm1d<double>(2);
        batchNorm.LoadStateDict(layer.StateDict());
        batchNorm.Eval();

        var y = layer.Forward(x);

        for (var c = 0; c < 2; c++)
        {
            batchNorm.RunningMean![c] = mean[c] + Math.Sqrt(variance[c]) * layer.MeanNoise[c];
            batchNorm.RunningVar![c] = variance[c] * layer.VarianceNoise[c];
        }
        Close.Assert(batchNorm.Forward(x), y, 0, "output");
        Assert.NotEqual(mean, layer.RunningMean.ToArray());
    }

    [Fact]
    public void Half_the_noise_is_half_way_between_none_and_all_of_it()
    {
        var layer = Prepared(3, momentum: 0, affine: false);
        layer.HoldNoise = true;
        var x = Data.Normal<double>(seed: 6, [2, 3]);
        layer.Forward(x);
        var (u, v) = (layer.MeanNoise.ToArray(), layer.VarianceNoise.ToArray());

        layer.NoiseScale = 0.5;
        layer.Forward(x);

        Assert.Equal(u.Select(value => value / 2), layer.MeanNoise.ToArray());
        Close.Assert<double>(v.Select(value => (1 + value) / 2).ToArray(), layer.VarianceNoise.ToArray(), 1e-15, "V");      // a rounding
    }

    [Fact]
    public void Each_training_pass_draws_anew_and_the_same_generator_gives_the_same_noise()
    {
        var (a, b) = (new StochasticBatchNorm(2, 8), new StochasticBatchNorm(2, 8, random: new Random(0)));
        var x = Data.Normal<float>(seed: 7, [4, 2]);

        float[][] ofA = [.. Enumerable.Range(0, 2).Select(_ => a.Forward(x).ToArray())];
        float[][] ofB = [.. Enumerable.Range(0, 2).Select(_ => b.Forward(x).ToArray())];

        Assert.Equal(ofA, ofB);
        Assert.NotEqual(ofA[0], ofA[1]);
    }

    [Fact]
    public void All_samples_and_positions_of_a_pass_share_the_noise()
    {
        var layer = new StochasticBatchNorm<double>(1, 4);

        var y = layer.Forward(Tensor.Create(Enumerable.Repeat(2.5, 6).ToArray(), [3, 1, 2])).ToArray();

        Assert.All(y, value => Assert.Equal(y[0], value));
    }

    [Fact]
    public void Held_noise_stays_through_evaluation_where_it_is_asked_for()
    {
        var x = Data.Normal<double>(seed: 8, [3, 2]);
        var layer = Prepared(2, momentum: 0, affine: false);
        layer.HoldNoise = true;
        var trained = layer.Forward(x);
        layer.Eval();
        var evaluated = layer.Forward(x).ToArray();

        layer.NoiseInEval = true;

        Assert.NotEqual(trained.ToArray(), evaluated);
        Close.Assert(trained, layer.Forward(x), 0, "output with the noise held");
        layer.HoldNoise = false;
        Assert.NotEqual(trained.ToArray(), layer.Forward(x).ToArray());
    }

    [Fact]
    public void Threads_may_share_a_pass_unless_it_draws_noise()
    {
        var layer = new StochasticBatchNorm(2, 8) { GradEnabled = false, NoiseInEval = true };
        layer.Eval();
        Assert.False(layer.Inference);

        layer.NoiseInEval = false;
        Assert.True(layer.Inference);
    }

    [Fact]
    public void Before_the_first_pass_there_is_no_noise()
    {
        var layer = new StochasticBatchNorm(2, 8);

        Assert.Equal([0, 0], layer.MeanNoise.ToArray());
        Assert.Equal([1, 1], layer.VarianceNoise.ToArray());
    }

    [Fact]
    public void Running_statistics_take_in_the_batches_as_those_of_batch_norm_do()
    {
        var (layer, batchNorm) = (new StochasticBatchNorm<double>(2, 8), new BatchNorm1d<double>(2));
        for (var step = 0; step < 3; step++)
        {
            layer.Forward(Data.Normal<double>(seed: step, [4, 2], mean: 5));
            batchNorm.Forward(Data.Normal<double>(seed: step, [4, 2], mean: 5));
        }

        Assert.Equal(batchNorm.RunningMean!.ToArray(), layer.RunningMean.ToArray());
        Assert.Equal(batchNorm.RunningVar!.ToArray(), layer.RunningVar.ToArray());
        Assert.Equal(3, layer.NumBatchesTracked);
    }

    // One pass over many channels draws for each.
    static (double[] U, double[] V) Noise(int m)
    {
        var layer = new StochasticBatchNorm<double>(Draws, m, random: new Random(1));
        layer.Forward(Tensor.CreateFromShape<double>([2, Draws]));
        return (layer.MeanNoise.ToArray(), layer.VarianceNoise.ToArray());
    }

    // Of the two empirical distribution functions.
    static double LargestDifference(double[] a, double[] b)
    {
        Array.Sort(a);
        Array.Sort(b);
        var (largest, inB) = (0.0, 0);
        for (var inA = 0; inA < a.Length; inA++)
        {
            while (inB < b.Length && b[inB] <= a[inA])
                inB++;
            largest = Math.Max(largest, Math.Abs((inA + 1.0) / a.Length - (double)inB / b.Length));
        }
        return largest;
    }

    static StochasticBatchNorm<double> Prepared(int features, double momentum, bool affine) =>
        Every.Prepared(new StochasticBatchNorm<double>(features, noiseBatchSize: 8, momentum: momentum, affine: affine));
}
