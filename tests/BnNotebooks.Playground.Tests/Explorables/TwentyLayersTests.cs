using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

public class TwentyLayersTests
{
    const int Depth = TwentyLayers.Depth;

    static double PerLayer(double[] followed) => Math.Pow(followed[Depth - 1] / followed[0], 1.0 / (Depth - 1));

    // What notebook 04 finds, there with 100 units and five networks: the room is for 50 units and one network.
    [Theory]
    [InlineData("default", "none", 0.40, 0.06)]
    [InlineData("he", "none", 0.96, 0.06)]
    [InlineData("default", "batch", 1, 0.02)]
    [InlineData("he", "batch", 1, 0.02)]
    public void A_signal_keeps_its_share_a_layer(string start, string normalization, double factor, double room) =>
        Assert.Equal(factor, PerLayer(TwentyLayers.Follow(start, 1, "relu", normalization, seed: 1)), room);

    [Fact]
    public void Behind_batch_norm_the_size_of_the_weights_makes_no_difference_to_the_signal()
    {
        var (once, twice) = (TwentyLayers.Follow("he", 1, "relu", "batch", seed: 2), TwentyLayers.Follow("he", 2, "relu", "batch", seed: 2));

        Assert.All(once.Take(Depth).Zip(twice), pair => Assert.Equal(pair.First, pair.Second, 1e-4)); // but for ε
    }

    [Fact]
    public void Weights_times_two_double_the_signal_of_every_layer_without_normalization()
    {
        var (once, twice) = (TwentyLayers.Follow("he", 1, "relu", "none", seed: 2), TwentyLayers.Follow("he", 2, "relu", "none", seed: 2));

        Assert.All(once.Take(Depth).Zip(twice).Index(), layer =>
            Assert.Equal(Math.Pow(2, layer.Index + 1), layer.Item.Second / layer.Item.First, Math.Pow(2, layer.Index + 1) * 1e-12)); // roundings
    }

    [Fact]
    public void A_start_that_there_is_not_is_named() =>
        Assert.Contains("default, xavier, he", Assert.Throws<ArgumentException>(() => TwentyLayers.Follow("none", 1, "relu", "none", 1)).Message);
}
