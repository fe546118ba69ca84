using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>A view whose channels are last in memory gives what a row-major tensor gives, and its results are laid out as it is.</summary>
public class ChannelsLastTests
{
    public static TheoryData<string, bool> Layers => new MatrixTheoryData<string, bool>(["1d", "2d", "3d", "and ReLU", "group"], [true, false]);

    [Theory, MemberData(nameof(Layers))]
    public void The_order_in_memory_changes_no_number(string kind, bool training)
    {
        var shape = Shape(kind);
        var (x, dy) = (Data.Normal<double>(1, shape), Data.Normal<double>(2, shape));
        var (straight, permuted) = (Make(kind), Make(kind));
        straight.Train(training);
        permuted.Train(training);

        var expected = straight.Forward(x);
        var y = permuted.Forward(ChannelsLast(x));
        var expectedDx = straight.Backward(dy);
        var dx = permuted.Backward(ChannelsLast(dy));

        // The sums are taken in another order.
        Close.Assert(expected, y, 1e-13, "y");
        Close.Assert(expectedDx, dx, 1e-12, "dx");
        foreach (var (one, other) in straight.Parameters.Zip(permuted.Parameters))
            Close.Assert(one.Grad, other.Grad, 1e-12, one.Name);
        foreach (var (one, other) in straight.Buffers.Zip(permuted.Buffers))
            Assert.Equal(one.ConvertTo<double>(), other.ConvertTo<double>(), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void Results_are_laid_out_as_the_input_and_nothing_is_copied()
    {
        var x = ChannelsLast(Data.Normal<float>(1, [20, 16, 30, 30]));
        var bytes = Allocated.By(() =>
        {
            var layer = new BatchNorm2d(16);
            var y = layer.Forward(x);
            var dx = layer.Backward(y);
            Assert.Equal(x.Strides.ToArray(), y.Strides.ToArray());
            Assert.Equal(x.Strides.ToArray(), dx.Strides.ToArray());
            return () =>
            {
                layer.Forward(x, y);
                layer.Backward(y, dx);
            };
        });

        // A few strides and shapes, where a copy would be 1.1 MB.
        Assert.InRange(bytes, 0, 2000);
    }

    [Fact]
    public void Either_order_may_go_into_the_other_and_back()
    {
        nint[] shape = [3, 4, 5, 6];
        var (x, dy) = (Data.Normal<double>(1, shape), Data.Normal<double>(2, shape));
        var (straight, mixed) = (new BatchNorm2d<double>(4), new BatchNorm2d<double>(4));
        var (y, dx) = (Data.Normal<double>(3, shape), Data.Normal<double>(4, shape));

        mixed.Forward(ChannelsLast(x), y);
        mixed.Backward(dy, dx);

        Close.Assert(straight.Forward(x), y, 1e-13, "y");
        Close.Assert(straight.Backward(dy), dx, 1e-12, "dx");
    }

    static Layer<double> Make(string kind) => kind switch
    {
        "1d" => Every.Prepared(new BatchNorm1d<double>(4)),
        "2d" => Every.Prepared(new BatchNorm2d<double>(4)),
        "3d" => Every.Prepared(new BatchNorm3d<double>(4)),
        "and ReLU" => Every.Prepared(new BatchNormReLU<double>(4)),
        _ => Every.Prepared(new GroupNorm<double>(2, 4)),
    };

    static nint[] Shape(string kind) => kind switch { "1d" => [3, 4, 5], "3d" => [3, 4, 2, 5, 3], _ => [3, 4, 5, 6] };

    // The same numbers, with the channels last in memory.
    static Tensor<T> ChannelsLast<T>(Tensor<T> tensor)
    {
        nint[] lengths = tensor.Lengths.ToArray(), strides = RowMajor.ChannelsLastStrides(lengths);
        var permuted = Tensor.Create(new T[tensor.FlattenedLength], lengths, strides);
        tensor.AsReadOnlyTensorSpan().CopyTo(permuted);
        return permuted;
    }
}
