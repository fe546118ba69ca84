using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class NormalizationsTests
{
    public static TheoryData<string> All => [.. Normalizations.Names];

    [Fact]
    public void Every_normalization_of_vectors_has_a_name() => Assert.Equal(
        ["none", "batch", "layer", "group", "rms", "ghost", "renorm", "switchable", "attentive", "stochastic", "noisy", "dyt", "weight"], Normalizations.Names);

    [Theory, MemberData(nameof(All))]
    public void A_perceptron_with_any_of_them_learns_to_tell_three_clouds_apart(string name)
    {
        var (points, labels) = Clouds();
        var network = new Mlp([2, 16, 3], normalization: name, seed: 1);
        var loss = new SoftmaxCrossEntropy();
        var sgd = new Sgd(network.Parameters, lr: 0.1, momentum: 0.9);

        var first = loss.Forward(network.Forward(points), labels);
        for (var step = 0; step < 150; step++)
        {
            sgd.ZeroGrad();
            loss.Forward(network.Forward(points), labels);
            network.Backward(loss.Backward());
            sgd.Step();
        }
        network.Eval();
        var last = loss.Forward(network.Forward(points), labels);

        // The clouds lie six deviations apart. A guess costs ln 3 = 1.1; a network that has learned them costs next to nothing.
        Assert.InRange(last, 0, 0.2 * first);
        Assert.InRange(last, 0, 0.1);
    }

    [Theory, MemberData(nameof(All))]
    public void For_images_there_is_a_layer_of_the_same_kind_or_a_refusal_that_names_those_there_are(string name)
    {
        if (name is "layer" or "rms" or "dyt")
        {
            Assert.Contains("none, batch, group, ghost", Assert.Throws<ArgumentException>(() => Normalizations.CreateForImages(name, 4)).Message);
            return;
        }
        var (images, vectors) = (Normalizations.CreateForImages(name, 4), Normalizations.Create(name, 4));

        Assert.Equal([3, 4, 2, 5], images.Forward(Data.Normal<float>(seed: 1, [3, 4, 2, 5])).Lengths.ToArray());
        if (name != "batch")    // which is BatchNorm1d and BatchNorm2d
            Assert.Equal(vectors.GetType(), images.GetType());
    }

    [Theory, InlineData(100, 4), InlineData(64, 32), InlineData(7, 1), InlineData(1024, 32)]
    public void Groups_divide_the_features_and_hold_at_least_two(int features, int groups) =>
        Assert.Equal(groups, ((GroupNorm<float>)Normalizations.Create("group", features)).NumGroups);

    [Fact]
    public void A_weight_normalized_perceptron_starts_as_the_plain_one()
    {
        var input = Data.Normal<double>(seed: 1, [5, 4]);

        var plain = new Mlp<double>([4, 6, 3], seed: 2).Forward(input).ToArray();
        var normalized = new Mlp<double>([4, 6, 3], normalization: "weight", seed: 2).Forward(input).ToArray();

        Assert.All(plain.Zip(normalized), pair => Assert.Equal(pair.First, pair.Second, 1e-12)); // g/‖v‖ is 1 but for rounding
    }

    static (Tensor<float> Points, int[] Labels) Clouds()
    {
        var noise = Data.Normal<float>(seed: 3, [60, 2]);
        var labels = new int[60];
        for (var n = 0; n < 60; n++)
        {
            labels[n] = n % 3;
            noise[n, 0] += 6 * (float)Math.Cos(2 * Math.PI * labels[n] / 3);
            noise[n, 1] += 6 * (float)Math.Sin(2 * Math.PI * labels[n] / 3);
        }
        return (noise, labels);
    }
}
