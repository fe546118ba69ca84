using BnNotebooks.Core;
using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>Normalizations inside networks: each takes part in training, ours as well as TorchSharp's.</summary>
public class NormTests
{
    private static readonly string[] ByHand = [.. Normalizations.Names.Except(["none", "weight"])];

    public static TheoryData<string> ForVectors => [.. Torchs.Keys.Except(["instance"]), .. ByHand.Select(name => "hand " + name)];

    public static TheoryData<string> ForImages =>
        [.. Torchs.Keys, .. ByHand.Except(["layer", "rms", "dyt"]).Select(name => "hand " + name)];

    private static Dictionary<string, Norm> Torchs { get; } = new()
    {
        ["none"] = Norm.None,
        ["batch"] = Norm.Batch,
        ["layer"] = Norm.Layer,
        ["group"] = Norm.Group,
        ["instance"] = Norm.Instance,
        ["weight"] = Norm.Weight,
    };

    [Theory]
    [MemberData(nameof(ForVectors))]
    public void Every_normalization_of_vectors_trains_a_perceptron(string norm) => Trains(Small.Perceptron, norm);

    [Theory]
    [MemberData(nameof(ForImages))]
    public void Every_normalization_of_images_trains_a_cnn(string norm) => Trains(Small.Cnn, norm);

    // The stripes are easy: by the 100th step a network that learns at all has lost most of ln 3 = 1.1.
    private static void Trains(Experiment experiment, string norm)
    {
        var chosen = norm.StartsWith("hand ", StringComparison.Ordinal) ? Norm.ByHand(norm[5..]) : Torchs[norm];
        var run = (experiment with { Normalization = chosen, Steps = 100, Optimizer = Optimizer.SgdWithMomentum }).Run(1).Runs[0];

        Assert.False(run.Diverged);
        Assert.InRange(run.FinalLoss, 0, 0.5);
        Assert.InRange(run.TestAccuracy, 0.8, 1);
    }

    // The same arithmetic in two libraries: what they differ by is float rounding, which 30 steps of training multiply.
    [Theory]
    [InlineData("batch", Placement.BeforeActivation, Optimizer.Sgd, false)]
    [InlineData("batch", Placement.AfterActivation, Optimizer.Adam, false)]
    [InlineData("batch", Placement.BeforeActivation, Optimizer.SgdWithMomentum, true)]
    [InlineData("group", Placement.BeforeActivation, Optimizer.Sgd, true)]
    [InlineData("layer", Placement.BeforeActivation, Optimizer.Sgd, false)]
    public void A_layer_by_hand_trains_like_TorchSharps(string name, Placement placement, Optimizer optimizer, bool cnn)
    {
        var experiment = (cnn ? Small.Cnn : Small.Perceptron) with
        {
            Steps = 30,
            Placement = placement,
            Optimizer = optimizer,
            LearningRate = 0.01,
            Network = cnn ? new Cnn(4, 8) : new Perceptron(16, 16) { Activation = Activation.Sigmoid },
        };
        var ours = (experiment with { Normalization = Norm.ByHand(name) }).Run(1).Runs[0];
        var torchs = (experiment with { Normalization = Torchs[name] }).Run(1).Runs[0];

        Assert.All(ours.Losses.Zip(torchs.Losses), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.Equal(torchs.TestLoss, ours.TestLoss, 1e-3); // the running statistics too
    }

    [Fact]
    public void Weight_normalization_starts_as_the_plain_network()
    {
        using var plain = Small.Cnn.Start();
        using var normed = (Small.Cnn with { Normalization = Norm.Weight }).Start();

        Assert.Equal(plain.Evaluate(Small.Images.Test).Loss, normed.Evaluate(Small.Images.Test).Loss, 1e-5); // float rounding
        Assert.Equal(["bias", "weight_g", "weight_v"], normed.Model.Parts[0].Module.named_parameters().Select(named => named.name).Order());
    }

    [Fact]
    public void The_normalization_stands_where_the_placement_says()
    {
        static PartKind[] Kinds(Experiment experiment)
        {
            using var training = experiment.Start();
            return [.. training.Model.Parts.Select(part => part.Kind)];
        }
        var batch = Small.Perceptron with { Normalization = Norm.Batch };

        Assert.Equal([PartKind.Weights, PartKind.Norm, PartKind.Activation], Kinds(batch)[..3]);
        Assert.Equal([PartKind.Weights, PartKind.Activation, PartKind.Norm], Kinds(batch with { Placement = Placement.AfterActivation })[..3]);
        Assert.Equal(
            [PartKind.Weights, PartKind.Activation, PartKind.Weights, PartKind.Norm, PartKind.Activation, PartKind.Weights],
            Kinds(batch with { NormalizedLayers = [2] }));
    }

    [Fact]
    public void Eps_momentum_and_affine_reach_the_layer()
    {
        using var training = (Small.Perceptron with { Normalization = Norm.Batch with { Momentum = 0.25, Affine = false, Eps = 1e6 } }).Start();
        using var averaging = (Small.Cnn with { Normalization = Norm.Batch with { Momentum = null } }).Start();
        var layer = training.Model.BatchNorms[0];

        Assert.Equal((0.25, null), (layer.momentum, averaging.Model.BatchNorms[0].momentum));
        Assert.Empty(layer.parameters());
        layer.train();
        // (x − μ)/√(σ² + 10⁶) of inputs of the size of one.
        Assert.InRange(layer.call(torch.randn(10, 20)).abs().max().item<float>(), 0, 0.01f);
    }

    [Fact]
    public void Noise_of_size_zero_changes_nothing_and_noise_is_there_in_training_only()
    {
        var batch = Small.Perceptron with { Normalization = Norm.Batch };
        Experiment With(double size) => batch with
        {
            Normalization = Norm.Batch with { Noise = new NormNoise { Shift = size, Stretch = size, Jitter = size } },
        };

        Assert.Equal(batch.Run(1).Runs[0].Losses, With(0).Run(1).Runs[0].Losses);
        using var quiet = batch.Start();
        using var noisy = With(1).Start();
        Assert.Equal(quiet.Evaluate(Small.Images.Test), noisy.Evaluate(Small.Images.Test));
        Assert.NotEqual(quiet.Step(), noisy.Step());
    }

    [Fact]
    public void Noise_shifts_and_stretches_each_unit_by_as_much_as_it_says()
    {
        using var training = (Small.Perceptron with { Normalization = Norm.Batch with { Noise = new NormNoise { Shift = 3, Stretch = 1, Jitter = 0 } } }).Start();
        training.Model.Train();
        var layer = training.Model.Parts.First(part => part.Kind == PartKind.Other).Module;
        float[] zerosAndOnes = [.. Enumerable.Repeat(0f, 1000), .. Enumerable.Repeat(1f, 1000)];
        var x = torch.tensor(zerosAndOnes, [2, 1000]);

        var y = layer.call(x).data<float>().ToArray();

        double[] shift = [.. y[..1000].Select(value => (double)value)], stretch = [.. y[1000..].Zip(y, (one, zero) => (double)one - zero)];
        Assert.All(shift, value => Assert.InRange(value, -3, 3));
        Assert.All(stretch, value => Assert.InRange(value, 1 - 1e-6, 2 + 1e-6)); // float rounding of a difference
        Assert.InRange(shift.Average(), -0.3, 0.3); // the mean of 1000 draws on ±3 strays by 0.055
        Assert.InRange(stretch.Average(), 1.45, 1.55); // and of draws from 1 to 2 by 0.009
    }

    [Fact]
    public void What_a_normalization_cannot_take_is_refused_with_a_way_out()
    {
        Assert.Contains("Cnn", Assert.Throws<ArgumentException>(() => (Small.Perceptron with { Normalization = Norm.Instance }).Start()).Message);
        Assert.Contains("switchable", Assert.Throws<ArgumentException>(() => Norm.ByHand("bach")).Message);
        Assert.Contains("perceptron", Assert.Throws<ArgumentException>(() => (Small.Cnn with { Normalization = Norm.ByHand("rms") }).Start()).Message);
    }
}
