using System.Numerics.Tensors;
using BnNotebooks.Slides;
using TorchSharp;

namespace BnNotebooks.Tests;

/// <summary>The deck's three examples, by hand against libtorch.</summary>
public sealed class SlideExamplesTests
{
    // Single precision: values up to about 5, where neighbouring floats lie 4.8e-7 apart; both sides round a few times.
    const double Agreement = 2e-6;

    public static TheoryData<string, int[]> Examples => new()
    {
        { "batch_normalize", [8, 3] },
        { "BatchNorm1d", [22, 102] },
        { "BatchNorm2d", [20, 120, 55, 65] },
    };

    static Comparison Run(string name) => name switch
    {
        "batch_normalize" => SlideExamples.BatchNormalize(),
        "BatchNorm1d" => SlideExamples.BatchNorm1d(),
        _ => SlideExamples.BatchNorm2d(),
    };

    [Theory, MemberData(nameof(Examples))]
    public void By_hand_agrees_with_libtorch_and_both_normalize_every_channel(string name, int[] shape)
    {
        var comparison = Run(name);

        Assert.Equal(name, comparison.Name);
        Assert.Equal(shape, comparison.Input.Lengths.ToArray().Select(length => (int)length));
        Assert.InRange(comparison.LargestDifference, 0, Agreement);
        foreach (var after in new[] { comparison.AfterByHand, comparison.AfterByTorch })
        {
            Assert.Equal(shape[1], after.Mean.Length);
            Assert.All(after.Mean, mean => Assert.Equal(0, mean, 1e-6)); // m floats of order one, each rounded by some 1e-7
            // σ/√(σ² + ε) of what it was: in the smallest column of batch_normalize 5e-4 less than 1.
            Assert.All(after.StandardDeviation.Zip(comparison.Before.StandardDeviation), pair =>
                Assert.Equal(pair.Second / Math.Sqrt(pair.Second * pair.Second + 1e-5), pair.First, 1e-6));
        }
    }

    [Fact]
    public void Normal_numbers_are_those_of_torch_after_manual_seed_whatever_other_threads_draw()
    {
        torch.manual_seed(7);
        var expected = torch.randn(20, 1).ToTensor().ToArray();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Assert.Equal(i % 2 == 0, SlideExamples.Normal(i % 2 == 0 ? 7 : 8, 20, 1).ToArray().SequenceEqual(expected)));
    }

    [Fact]
    public void The_three_features_lie_on_the_scales_that_they_are_said_to()
    {
        var moments = ChannelMoments.Of(SlideExamples.ThreeScales(samples: 10_000));

        // Five standard errors: σ/100 of a mean, σ/141 of a deviation.
        foreach (var (feature, mean, deviation) in new[] { (0, 1, 0.1), (1, 50, 20), (2, 1000, 300) })
        {
            Assert.Equal(mean, moments.Mean[feature], 5 * deviation / 100);
            Assert.Equal(deviation, moments.StandardDeviation[feature], 5 * deviation / 141);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_seed_others()
    {
        Assert.Equal(SlideExamples.Normal(7, 3, 4).ToArray(), SlideExamples.Normal(7, 3, 4).ToArray());
        Assert.NotEqual(SlideExamples.Normal(7, 3, 4).ToArray(), SlideExamples.Normal(8, 3, 4).ToArray());
    }

    [Fact]
    public void Results_of_different_shapes_are_not_compared()
    {
        var input = SlideExamples.Normal(1, 4, 3);

        var error = Assert.Throws<InvalidOperationException>(() =>
            Comparison.Run("narrower", input, x => x, x => x.reshape(3, 4)));

        Assert.Contains("narrower", error.Message);
        Assert.Contains("[4, 3]", error.Message);
        Assert.Contains("[3, 4]", error.Message);
    }

    [Fact]
    public void Differences_are_measured_element_by_element()
    {
        var input = SlideExamples.Normal(1, 4, 3);
        var calls = 0;
        Tensor<float> OneOff(Tensor<float> x)
        {
            calls++;
            var y = Tensor.Create(x.ToArray(), x.Lengths);
            y[2, 1] += 0.5f;
            return y;
        }

        var comparison = Comparison.Run("one off", input, OneOff, x => x.clone());

        Assert.Equal(0.5, comparison.LargestDifference, 1e-6); // adding 0.5 rounds once
        Assert.Equal(0.5 / 12, comparison.MeanDifference, 1e-6);
        Assert.Equal(6, calls); // one for the result, five that are timed
    }
}
