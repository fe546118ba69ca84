using System.Buffers;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Whatever way a tensor lies in memory, the numbers are the same; and what would clobber memory is refused.</summary>
public class TensorMemoryTests
{
    [Fact]
    public void A_slice_gives_what_its_copy_gives()
    {
        var whole = Data.Normal<float>(seed: 1, [6, 5]);
        var slice = whole.Slice([new NRange(1, 5), new NRange(2, 4)]);
        Assert.False(slice.IsDense);

        Close.Assert(new BatchNorm1d(2).Forward(slice.ToDenseTensor()), new BatchNorm1d(2).Forward(slice), 0, "output");
        Close.Assert(BatchNormalization.Normalize(slice.ToDenseTensor()), BatchNormalization.Normalize(slice), 0, "output");
    }

    [Fact]
    public void A_transposed_view_gives_what_its_copy_gives()
    {
        var memory = Data.Normal<float>(seed: 2, [3 * 4 * 5]).ToArray();
        var channelsLast = new ReadOnlyTensorSpan<float>(memory, [3, 4, 5], [20, 1, 4]);     // stored (N, L, C), seen as (N, C, L)
        var copy = new float[60];
        channelsLast.FlattenTo(copy);

        Close.Assert(new BatchNorm1d(4).Forward(Tensor.Create(copy, [3, 4, 5])), new BatchNorm1d(4).Forward(channelsLast), 0, "output");
    }

    [Fact]
    public void A_dimension_of_length_1_in_the_middle_makes_no_difference()
    {
        var x = Data.Normal<float>(seed: 9, [3, 2, 1, 4]);

        var y = new BatchNorm2d(2).Forward(x);

        var expected = new BatchNorm1d(2).Forward(Tensor.Create(x.ToArray(), [3, 2, 4]));
        Assert.Equal(expected.ToArray(), y.ToArray());
    }

    [Fact]
    public void A_strided_output_receives_the_result_and_nothing_beside_it_changes()
    {
        var x = Data.Normal<float>(seed: 3, [4, 2]);
        var memory = Enumerable.Repeat(-99f, 4 * 4).ToArray();
        var everySecond = new TensorSpan<float>(memory, [4, 2], [4, 2]);

        new BatchNorm1d(2).Forward(x, everySecond);

        var expected = new BatchNorm1d(2).Forward(x);
        for (var i = 0; i < memory.Length; i++)
            Assert.Equal(i % 2 == 0 ? expected[i / 4, i % 4 / 2] : -99f, memory[i]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void In_place_gives_the_same_output_and_the_same_gradients(bool training)
    {
        var x = Data.Normal<float>(seed: 4, [6, 3]);
        var gradient = Data.Normal<float>(seed: 5, [6, 3]);
        var apart = new BatchNorm1d(3);
        var inPlace = new BatchNorm1d(3);
        apart.Train(training);
        inPlace.Train(training);
        var expected = apart.Forward(x);
        var expectedGradient = apart.Backward(gradient);

        inPlace.Forward(x, x);
        inPlace.Backward(gradient, gradient);

        Close.Assert(expected, x, 0, "output");
        Close.Assert(expectedGradient, gradient, 0, "gradInput");
        Close.Assert(apart.Weight!.Grad, inPlace.Weight!.Grad, 0, "weight.grad");
    }

    [Fact]
    public void Of_a_span_the_backward_pass_uses_the_values_as_they_were_even_if_the_caller_has_overwritten_them()
    {
        var x = Data.Normal<float>(seed: 6, [6, 3]);
        var gradient = Data.Normal<float>(seed: 7, [6, 3]);
        var layer = new BatchNorm1d(3);
        layer.Forward(x.AsReadOnlyTensorSpan());
        var expected = layer.Backward(gradient);

        layer.Forward(x.AsReadOnlyTensorSpan());
        x.Fill(0);

        Close.Assert(expected, layer.Backward(gradient), 0, "gradInput");
    }

    [Fact]
    public void Of_a_tensor_the_layer_keeps_no_copy()
    {
        var x = Data.Normal<float>(seed: 6, [400, 300]);
        var (y, layer) = (Data.Normal<float>(seed: 7, [400, 300]), new BatchNorm1d(300));
        layer.Forward(x, y);

        var before = GC.GetAllocatedBytesForCurrentThread();
        layer.Forward(x, y);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void With_GradEnabled_false_the_output_is_the_same()
    {
        var x = Data.Normal<float>(seed: 8, [6, 3]);

        var y = new BatchNorm1d(3) { GradEnabled = false }.Forward(x);

        Close.Assert(new BatchNorm1d(3).Forward(x), y, 0, "output");
    }
}
