using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Sizes whose products an int cannot hold.</summary>
public class SizesTests
{
    [Fact]
    public void A_pass_asks_for_the_memory_that_it_needs_and_no_product_overflows()
    {
        var many = new ChannelShape(N: 2, C: 1 << 30, S: 1);

        Assert.Equal(2L << 30, ChannelWork<ForwardPass<float, Lanes256>>.ScratchLength(many, sizeof(float), measures: true));
        Assert.Equal(0, ChannelWork<ForwardPass<float, Lanes256>>.ScratchLength(many, sizeof(float), measures: false));
        Assert.InRange(GroupBackwardWork<float, Lanes256>.ScratchLength(new(Groups: 16, M: 1 << 24, P: 1 << 27, S: 2)), 0, 1L << 28);
        Assert.Throws<ArgumentException>(() => new Scratch(2L << 30).Dispose());
    }

    [Fact]
    public void An_output_of_more_elements_than_an_array_holds_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new Linear(1, 3).Forward(new ReadOnlyTensorSpan<float>(new float[1], [1 << 30, 1], [0, 0])));

        Assert.Contains("output of at most 2147483591 elements, but the shape is (1073741824, 3)", exception.Message);
    }
}
