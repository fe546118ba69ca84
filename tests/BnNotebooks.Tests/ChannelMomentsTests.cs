using System.Numerics.Tensors;
using BnNotebooks.Slides;

namespace BnNotebooks.Tests;

/// <summary>Means and deviations by channel.</summary>
public sealed class ChannelMomentsTests
{
    [Fact]
    public void Channels_are_the_second_dimension_and_everything_else_is_averaged_over()
    {
        // (N, C, L) = (2, 2, 2): channel 0 holds 1, 3, 5, 7 and channel 1 four tens.
        var moments = ChannelMoments.Of(Tensor.Create<float>([1, 3, 10, 10, 5, 7, 10, 10], [2, 2, 2]));

        Assert.Equal([4.0, 10.0], moments.Mean);
        Assert.Equal([Math.Sqrt(5), 0.0], moments.StandardDeviation); // biased: (9+1+1+9)/4 = 5
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3)]
    public void A_tensor_without_channels_or_values_is_refused(params int[] shape)
    {
        var tensor = Tensor.Create(new float[shape.Aggregate((a, b) => a * b)], [.. shape.Select(length => (nint)length)]);

        var error = Assert.Throws<ArgumentException>(() => ChannelMoments.Of(tensor));

        Assert.Equal("tensor", error.ParamName);
        Assert.Contains($"[{string.Join(", ", shape)}]", error.Message);
    }
}
