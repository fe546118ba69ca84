using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>The options with which an experiment takes something from a network or gives it something.</summary>
public class WhyOptionsTests
{
    private static Experiment Normed => Small.Perceptron with { Normalization = Norm.Batch };

    private static float[][] Values(Training training) =>
        [.. training.Model.Parts.SelectMany(part => part.Module.parameters()).Select(parameter => parameter.detach().clone().data<float>().ToArray())];

    [Theory]
    [InlineData(Trained.Norms, new[] { 2, 3, 6, 7 })]
    [InlineData(Trained.HiddenWeights, new[] { 0, 4 })] // their biases do nothing in front of a batch norm
    [InlineData(Trained.Output, new[] { 8, 9 })]
    public void Only_what_is_trained_moves(Trained trains, int[] moving)
    {
        using var training = (Normed with { Trains = trains }).Start();
        var before = Values(training);

        training.Steps(5);

        var after = Values(training);
        int[] moved = [.. Enumerable.Range(0, before.Length).Where(i => before[i].Zip(after[i]).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-4f))];
        Assert.Equal(moving, moved);
    }

    [Fact]
    public void A_growing_rate_moves_the_hidden_weights_and_no_others_further()
    {
        float[][] After(double growth)
        {
            using var training = (Normed with { LearningRateGrowth = growth }).Start();
            training.Step(); // at the first rate
            training.Step();
            return Values(training);
        }
        float[][] steady = After(1), growing = After(10);
        using var fresh = (Normed with { LearningRateGrowth = 1 }).Start();
        fresh.Step();
        var between = Values(fresh);

        foreach (var (one, ten, middle) in steady[0].Zip(growing[0], between[0]))
            Assert.Equal(10 * (one - middle), ten - middle, 1e-4f);
        Assert.Equal(steady[2], growing[2]); // γ
        Assert.Equal(steady[8], growing[8]); // the output layer
    }

    [Fact]
    public void The_statistics_are_of_more_samples_and_the_loss_of_the_batch()
    {
        using var training = (Normed with { BatchSize = 15, StatisticsOver = 150 }).Start();
        float[] mean = [];
        torch.Tensor? seen = null;

        var (x, wanted) = training.NextBatch();
        training.Gradients(x, wanted, (part, _, y) =>
        {
            if (part.Layer == 3)
                seen = y.detach().clone();
            else if (part is { Kind: PartKind.Norm, Layer: 1 })
                mean = y.detach().mean([0]).data<float>().ToArray();
        });

        Assert.Equal(150, x.shape[0]);
        Assert.All(mean, value => Assert.Equal(0, value, 1e-5f)); // over all of them, so they were normalized together
        var loss = torch.nn.functional.cross_entropy(seen!.narrow(0, 0, 15), wanted.narrow(0, 0, 15)).item<float>();
        training.Model.Train();
        Assert.Equal(loss, training.Gradients(x, wanted), 1e-5f);
    }

    [Fact]
    public void A_normalized_start_is_the_function_of_batch_norm_and_has_none()
    {
        // All 150 training samples at once, which the start looks at too.
        static float[] Outputs(Experiment experiment)
        {
            using var training = (experiment with { BatchSize = 150 }).Start();
            Assert.Equal(experiment.Normalization == Norm.Batch ? 2 : 0, training.Model.BatchNorms.Count);
            training.Model.Train();
            return training.Model.Forward(training.Inputs(Small.Images.Train)).detach().data<float>().ToArray();
        }
        float[] expected = Outputs(Normed), actual = Outputs(Small.Perceptron with { NormalizedStart = true });

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_skip_connection_adds_the_layer_times_its_scale(bool learned, float scale)
    {
        using var training = (Small.Perceptron with { Network = new ResidualPerceptron(2, 20) { LearnedScale = learned } }).Start();
        torch.Tensor? into = null, branch = null, after = null;

        var (x, wanted) = training.NextBatch();
        training.Gradients(x, wanted, (part, input, output) =>
        {
            if (part is { Layer: 2, Kind: PartKind.Weights })
                into = input;
            if (part is { Layer: 2, Kind: PartKind.Activation })
                branch = output;
            if (part is { Layer: 2 })
                after = output;
        });

        var expected = into!.Plus(branch! * torch.tensor(scale)).detach().data<float>().ToArray();
        Assert.Equal(expected, after!.detach().data<float>().ToArray());
        Assert.True(branch!.detach().abs().sum().item<float>() > 0);
        Assert.Equal(learned ? 7 : 6, training.Model.Parameters.Count); // of three linear layers, and α
    }

    [Fact]
    public void A_branch_from_0_learns_its_scale()
    {
        using var training = (Small.Perceptron with { Network = new ResidualPerceptron(2, 20) { LearnedScale = true } }).Start();

        training.Steps(3);

        Assert.Contains(training.Model.Parameters, parameter => parameter.shape is [1] && parameter.item<float>() != 0);
    }

    [Fact]
    public void Settings_that_nobody_asked_for_are_not_named() =>
        Assert.EndsWith("dropout 0", Small.Perceptron.Settings());
}
