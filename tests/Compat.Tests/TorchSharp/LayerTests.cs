using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class LayerTests : LibTorchTests
{
    // 1 2 3 / 4 5 6 / 7 8 9
    static Tensor Square => (arange(9f) + 1).reshape(1, 1, 3, 3);

    [Fact]
    public void A_convolution_sums_each_window_by_its_weights()
    {
        var kernel = ones(1, 1, 2, 2);

        AssertClose([12, 16, 24, 28], nn.functional.conv2d(Square, kernel).flatten());
        AssertClose([13], nn.functional.conv2d(Square, kernel, tensor([1f]), [2, 2]).flatten());
        AssertClose([1, 5, 11, 28], nn.functional.conv2d(Square, kernel, strides: [2, 2], padding: [1, 1]).flatten());
        AssertClose([1 + 3 + 7 + 9], nn.functional.conv2d(Square, kernel, dilation: [2, 2]).flatten());
    }

    [Fact]
    public void A_convolution_layer_has_pytorchs_shapes_and_start()
    {
        var layer = nn.Conv2d(4, 32, 3, stride: 2, padding: 1L);

        Assert.Equal([32, 4, 3, 3], layer.weight.shape);
        Assert.Equal([5, 32, 4, 4], layer.call(zeros(5, 4, 8, 8)).shape);
        Assert.All(Numbers(layer.weight).Concat(Numbers(layer.bias)), w => Assert.InRange(w, -1 / 6f, 1 / 6f)); // 36 inputs
        Assert.InRange(layer.weight.std().item<float>(), 0.09f, 0.102f); // 1/6/√3 = 0.096; 1152 draws stray by under 3 %
        var grouped = nn.Conv2d(4, 8, 1, groups: 2, bias: false);
        Assert.Equal([8, 2, 1, 1], grouped.weight.shape);
        Assert.Equal(["weight"], grouped.named_parameters().Select(named => named.name));
    }

    [Fact]
    public void Pools_take_the_largest_or_the_mean_of_each_window()
    {
        AssertClose([5, 6, 8, 9], nn.MaxPool2d(2, 1).call(Square).flatten());
        AssertClose([5], nn.MaxPool2d(2).call(Square).flatten());
        AssertClose([1, 3, 7, 9], nn.MaxPool2d(2, 2, 1).call(Square).flatten());
        AssertClose([1, 3, 7, 9], nn.functional.max_pool2d(Square, 2, padding: 1, ceil_mode: true).flatten());
        AssertClose([9], nn.functional.max_pool2d(Square, 2, dilation: 2).flatten());
        AssertClose([3], nn.AvgPool2d(2).call(Square).flatten());
        AssertClose([0.25f, 1.25f, 2.75f, 7], nn.AvgPool2d(2, 2, 1).call(Square).flatten());
        AssertClose([1, 2.5f, 5.5f, 7], nn.AvgPool2d(2, 2, 1, count_include_pad: false).call(Square).flatten());
        AssertClose([12], nn.functional.avg_pool2d(Square, 2, divisor_override: 1).flatten());
        AssertClose([5], nn.AdaptiveAvgPool2d(1).call(Square).flatten());
    }

    [Fact]
    public void Dropout_leaves_out_and_scales_up_only_in_training()
    {
        var layer = nn.Dropout(0.75);

        var dropped = Numbers(layer.call(ones(1000)));
        Assert.Equal([0f, 4], dropped.Distinct().Order());
        Assert.InRange(dropped.Count(x => x == 4), 180, 320); // 250 expected; five deviations of 13.7 either side
        layer.eval();
        Assert.Equal(Numbers(ones(1000)), Numbers(layer.call(ones(1000))));
        var x = ones(1000);
        Assert.Same(x, nn.functional.dropout(x, inplace: true));
        Assert.Contains(0f, Numbers(x));
    }

    [Fact]
    public void Activations_and_flatten_are_layers_too()
    {
        var x = tensor([-2f, 2], [1, 2, 1]);

        AssertClose([-0.02f, 2], nn.LeakyReLU().call(x).flatten());
        AssertClose([-1, 2], nn.LeakyReLU(0.5).call(x).flatten());
        AssertClose([(float)Math.Tanh(-2), (float)Math.Tanh(2)], nn.Tanh().call(x).flatten());
        AssertClose([0, 2], nn.ReLU().call(x).flatten());
        Assert.Equal([1, 2], nn.Flatten().call(x).shape);
        Assert.Equal([2, 1], nn.Flatten(0, 1).call(x).shape);
        Assert.Same(x, nn.functional.leaky_relu(x, inplace: true));
        AssertClose([-0.02f, 2], x.flatten());
    }

    [Fact]
    public void Gradients_pass_through_convolution_and_pool()
    {
        var kernel = nn.Parameter(ones(1, 1, 2, 2));

        nn.functional.max_pool2d(nn.functional.conv2d(Square, kernel), 2).sum().backward();

        AssertClose([5, 6, 8, 9], kernel.grad!.flatten()); // the window that had the largest sum
    }

    [Fact]
    public void The_squared_error_is_averaged_or_summed()
    {
        var (y, target) = (tensor([1f, 2]), tensor([0f, 4]));

        AssertClose([2.5f], nn.functional.mse_loss(y, target));
        AssertClose([5], nn.functional.mse_loss(y, target, nn.Reduction.Sum));
        AssertClose([1, 4], nn.functional.mse_loss(y, target, nn.Reduction.None));
    }
}
