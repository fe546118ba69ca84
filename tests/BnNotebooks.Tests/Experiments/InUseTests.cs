using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>What batch norm normalizes by once training has ended, and other remedies for small batches.</summary>
public class InUseTests
{
    static readonly Experiment WithBatchNorm = Small.Perceptron with { Normalization = Norm.Batch, BatchSize = 3 };

    [Fact]
    public void Fresh_statistics_give_the_training_data_mean_0_and_variance_1()
    {
        using var training = WithBatchNorm.Start();
        training.Steps(40);
        training.Recalibrate(Small.Images.Train);

        var (mean, variance) = FirstNormalized(training);

        Assert.All(mean, value => Assert.Equal(0, value, 1e-4f));
        Assert.All(variance, value => Assert.Equal(1, value, 2e-2f)); // the running variance is the unbiased one
    }

    [Fact]
    public void A_look_with_new_statistics_undoes_darkness_and_leaves_the_network_as_it_was()
    {
        using var training = (Small.Cnn with { Normalization = Norm.Batch, Steps = 60 }).Start();
        training.Steps(60);
        var test = Small.Images.Test;
        var (before, dark) = (training.Evaluate(test), ImageChanges.Darker(test, 0.1));

        Assert.Equal(training.EvaluateRecalibrated(test).Accuracy, training.EvaluateRecalibrated(dark).Accuracy, 0.02);
        Assert.NotEqual(before.Loss, training.Evaluate(dark).Loss, 0.01);
        Assert.Equal(before, training.Evaluate(test));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public void Expected_companions_hold_a_value_below_the_root_of_their_number(int batchSize)
    {
        using var training = (WithBatchNorm with { InUse = InUse.Expected, BatchSize = batchSize }).Start();
        training.Steps(40);
        training.PrepareForUse();
        training.Model.Train(false);
        var norm = training.Model.BatchNorms[0];
        using var quiet = torch.no_grad();
        torch.Tensor x = torch.randn(64, 20) * 10f, z = torch.nn.functional.batch_norm(x, norm.running_mean, norm.running_var);
        double[] byTorch = Numbers((norm.call(x) - norm.bias!) / norm.weight), expected =
            [.. Numbers(z).Select(value => Math.Sqrt(batchSize - 1) * value / Math.Sqrt(value * value + batchSize - 1))];

        Assert.All(byTorch.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(byTorch, value => Assert.True(Math.Abs(value) < Math.Sqrt(batchSize - 1) + 1e-4));
    }

    [Fact]
    public void Frozen_steps_learn_and_leave_the_running_statistics_alone()
    {
        using var training = (WithBatchNorm with { FrozenSteps = 10 }).Start();
        training.Steps(30);
        double[] Statistics() => Numbers(training.Model.BatchNorms[0].running_mean!);
        double[] Weights() => Numbers(training.Model.Parameters[0]);
        var (statistics, weights) = (Statistics(), Weights());
        training.Steps(10);

        Assert.Equal(statistics, Statistics());
        Assert.NotEqual(weights, Weights());
    }

    public static TheoryData<string, Experiment> Senseless => new()
    {
        { "no batch norm", Small.Perceptron with { InUse = InUse.FreshStatistics } },
        { "frozen without batch norm", Small.Perceptron with { FrozenSteps = 1 } },
        { "frozen from before the start", WithBatchNorm with { FrozenSteps = 40 } },
        { "expected companions of images", Small.Cnn with { Normalization = Norm.Batch, InUse = InUse.Expected } },
    };

    [Theory]
    [MemberData(nameof(Senseless), DisableDiscoveryEnumeration = true)]
    public void What_makes_no_sense_is_refused(string what, Experiment experiment)
    {
        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(() => experiment.Start());
    }

    static (float[] Mean, float[] Variance) FirstNormalized(Training training)
    {
        using var quiet = torch.no_grad();
        training.Model.Train(false);
        var parts = training.Model.Parts;
        var norm = training.Model.BatchNorms[0];
        var x = parts[0].Module.call(training.Inputs(Small.Images.Train));
        var z = torch.nn.functional.batch_norm(x, norm.running_mean, norm.running_var);
        return ([.. Numbers(z.mean([0])).Select(value => (float)value)], [.. Numbers(z.var(0, unbiased: false)).Select(value => (float)value)]);
    }

    static double[] Numbers(torch.Tensor tensor) => [.. tensor.data<float>().ToArray().Select(value => (double)value)];
}
