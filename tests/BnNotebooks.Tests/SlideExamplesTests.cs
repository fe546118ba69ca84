using System.Numerics.Tensors;
using BnNotebooks.Slides;

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
    public void By_hand_agrees_with_libtorch(string name, int[] shape)
    {
        var comparison = Run(name);

        Assert.Equal(name, comparison.Name);
        Assert.Equal(shape, comparison.Input.Lengths.ToArray().Select(length => (int)length));
        Assert.InRange(comparison.LargestDifference, 0, Agreement);
        Assert.InRange(comparison.MeanDifference, 0, comparison.LargestDifference);
        Assert.True(comparison.HandMilliseconds > 0 && comparison.TorchMilliseconds > 0);
    }

    [Theory, MemberData(nameof(Examples))]
    public void Every_channel_ends_with_mean_zero_and_deviation_one(string name, int[] shape)
    {
        var comparison = Run(name);

        Assert.Equal(shape[1], comparison.AfterByHand.Mean.Length);
        // A mean of m floats of order one keeps an error of a few 1e-7; the deviation falls short of 1 by ε/(2σ²), here
        // at most 5e-4 (σ is about 0.1 in the smallest column of batch_normalize).
        Assert.All(comparison.AfterByHand.Mean, mean => Assert.Equal(0, mean, 1e-6));
        Assert.All(comparison.AfterByHand.StandardDeviation, deviation => Assert.Equal(1, deviation, 2e-3));
        Assert.Contains(comparison.Before.Mean, mean => Math.Abs(mean) > 1e-3);
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
        Tensor<float> OneOff(Tensor<float> x)
        {
            var y = Tensor.Create(x.ToArray(), x.Lengths);
            y[2, 1] += 0.5f;
            return y;
        }

        var comparison = Comparison.Run("one off", input, OneOff, x => x.clone());

        Assert.Equal(0.5, comparison.LargestDifference, 1e-6); // adding 0.5 rounds once
        Assert.Equal(0.5 / 12, comparison.MeanDifference, 1e-6);
    }
}
