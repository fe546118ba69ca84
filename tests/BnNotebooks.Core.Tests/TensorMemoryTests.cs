using System.Buffers;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>How tensors may lie in memory, beside what holds of every layer.</summary>
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
    public void A_dimension_of_length_1_in_the_middle_makes_no_difference()
    {
        var x = Data.Normal<float>(seed: 9, [3, 2, 1, 4]);

        var y = new BatchNorm2d(2).Forward(x);

        var expected = new BatchNorm1d(2).Forward(Tensor.Create(x.ToArray(), [3, 2, 4]));
        Assert.Equal(expected.ToArray(), y.ToArray());
    }

    [Fact]
    public void Of_a_tensor_the_layer_keeps_no_copy()
    {
        var x = Data.Normal<float>(seed: 6, [400, 300]);

        Assert.Equal(0, Allocated.By(() =>
        {
            var (y, layer) = (Data.Normal<float>(seed: 7, [400, 300]), new BatchNorm1d(300));
            layer.Forward(x, y);
            return () => layer.Forward(x, y);
        }));
    }
}
