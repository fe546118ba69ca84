using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Sizes whose products an int cannot hold.</summary>
public class SizesTests
{
    [Fact]
    public void A_pass_asks_for_the_memory_that_it_needs_and_no_product_overflows()
    {
        const int Many = (1 << 30) - 8;
        var across = new AcrossForward<float, Lanes256<float>, Nothing> { Shape = NormShape.Batch([2, Many]), Measures = true };
        var within = new WithinBackward<float, Lanes256<float>> { Shape = NormShape.Group([2, Many], 8) };

        // Two sums of each channel, and seven floats that are known of it; two sums of each channel for a second piece, and of eight groups.
        Assert.Equal(2L * Many + (7L * Many + 1) / 2, across.ScratchLength);
        Assert.InRange(within.ScratchLength, 0, 2L * Many + 100);
        Assert.Throws<ArgumentException>(() => new Scratch(2L << 30).Dispose());
    }

    [Fact]
    public void An_input_of_more_elements_than_an_array_holds_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ReLU().Forward(new ReadOnlyTensorSpan<float>(new float[1], [1 << 16, 1 << 15], [0, 0])));

        Assert.Contains("input of at most 2147483591 elements, but the shape is (65536, 32768)", exception.Message);
    }

    [Fact]
    public void An_output_of_more_elements_than_an_array_holds_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new Linear(1, 3).Forward(new ReadOnlyTensorSpan<float>(new float[1], [1 << 30, 1], [0, 0])));

        Assert.Contains("output of at most 2147483591 elements, but the shape is (1073741824, 3)", exception.Message);
    }
}
