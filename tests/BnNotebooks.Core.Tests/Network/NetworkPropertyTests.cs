using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Network;

public class NetworkPropertyTests
{
    [Fact]
    public void A_batch_norm_folded_into_the_linear_layer_before_it_changes_nothing()
    {
        var network = new Mlp<double>([4, 5, 3], normalization: "batch");
        network.Forward(Data.Normal<double>(seed: 4, [20, 4], mean: 1));
        network.Eval();
        var (linear, batchNorm) = ((Linear<double>)network.Children[0], (BatchNorm<double>)network.Children[1]);
        var (weight, bias) = batchNorm.FoldInto<double>(linear.Weight.Value, linear.Bias!.Value);
        var folded = new Linear<double>(4, 5);
        weight.FlattenTo(folded.Weight.Values);
        bias.FlattenTo(folded.Bias!.Values);
        var x = Data.Normal<double>(seed: 5, [6, 4]);

        // Double: a few roundings of values of a few units.
        Close.Assert(batchNorm.Forward(linear.Forward(x)), folded.Forward(x), 1e-13, "output");
    }

    [Fact]
    public void An_empty_input_of_an_activation_comes_out_empty()
    {
        Assert.Equal([0, 3], new ReLU().Forward(Tensor.CreateFromShape<float>([0, 3])).Lengths.ToArray());
        Assert.Equal([0, 3], new Sigmoid().Forward(Tensor.CreateFromShape<float>([0, 3])).Lengths.ToArray());
    }

    [Fact]
    public void At_0_a_ReLU_takes_no_gradient_back_and_a_NaN_passes_in_both_directions()
    {
        Check<float>();
        Check<Half>();

        void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            // More than one vector, and some left.
            var layer = new ReLU<T>();
            T[] x = [.. Enumerable.Range(0, 37).Select(i => (i % 4) switch { 0 => T.Zero, 1 => T.NaN, 2 => -T.One, _ => T.One })];

            Assert.Equal(x.Select(value => value < T.Zero ? T.Zero : value), layer.Forward(Tensor.Create(x)).ToArray());

            Assert.Equal(x.Select(value => value <= T.Zero ? T.Zero : T.One), layer.Backward(Tensor.Create(x.Select(_ => T.One).ToArray())).ToArray());
        }
    }

    [Theory, InlineData(0.3f), InlineData(5f), InlineData(17f), InlineData(40f)]
    public void The_slope_of_the_sigmoid_keeps_its_digits_however_near_to_0_it_is(float x)
    {
        var layer = new Sigmoid();
        layer.Forward(Tensor.Create([x, -x], [2]));

        var slope = layer.Backward(Tensor.Create([1f, 1f], [2])).ToArray();

        var expected = 1 / ((1 + Math.Exp(x)) * (1 + Math.Exp(-x)));
        Assert.Equal(1, slope[0] / expected, 1e-6);       // a few roundings to float
        Assert.Equal(slope[0], slope[1]);
    }

    [Fact]
    public void Of_equal_logits_the_loss_is_the_logarithm_of_the_number_of_classes()
    {
        var loss = new SoftmaxCrossEntropy<double>();

        Assert.Equal(Math.Log(7), loss.Forward(Tensor.CreateFromShape<double>([3, 7]), [0, 4, 6]), 1e-15);
    }

    [Theory, InlineData(1e30), InlineData(-1e30), InlineData(700)]
    public void A_number_added_to_all_logits_of_a_sample_changes_neither_loss_nor_gradient(double shift)
    {
        var loss = new SoftmaxCrossEntropy<double>();
        var expected = loss.Forward(Tensor.Create([0.0, 0, 1e30, 1e30], [2, 2]), [1, 0]);
        var expectedGradient = loss.Backward();

        var actual = loss.Forward(Tensor.Create([shift, shift, 1e30, 1e30], [2, 2]), [1, 0]);

        Assert.Equal(Math.Log(2), expected, 1e-15);
        Assert.Equal(expected, actual);
        Close.Assert(expectedGradient, loss.Backward(), 0, "gradient");
    }

    [Fact]
    public void The_gradient_of_the_loss_sums_to_zero_for_every_sample()
    {
        var loss = new SoftmaxCrossEntropy<double>();
        loss.Forward(Data.Normal<double>(seed: 6, [8, 5], std: 4), [0, 1, 2, 3, 4, 0, 1, 2]);

        var gradient = loss.Backward().ToArray();

        for (var n = 0; n < 8; n++)
            Assert.Equal(0, gradient[(n * 5)..(n * 5 + 5)].Sum(), 1e-15);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_makes_the_loss_no_number(float bad)
    {
        Assert.True(float.IsNaN(new SoftmaxCrossEntropy().Forward(Tensor.Create([0, bad, 0], [1, 3]), [0])));
    }

    [Fact]
    public void The_gradient_is_that_of_the_latest_batch_that_was_accepted()
    {
        var loss = new SoftmaxCrossEntropy();
        loss.Forward(Data.Normal<float>(seed: 7, [2, 3]), [0, 1]);
        var expected = loss.Backward();

        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Forward(Tensor.CreateFromShape<float>([2, 3]), [0, 9]));

        Close.Assert(expected, loss.Backward(), 0, "gradient");
    }

    [Fact]
    public void Under_a_constant_gradient_the_velocity_tends_to_it_over_one_minus_momentum()
    {
        var parameter = new Parameter<double>("p", [1], 0);
        var sgd = new Sgd<double>([parameter], lr: 0.5, momentum: 0.9);
        var before = 0.0;
        for (var step = 0; step < 400; step++)
        {
            before = parameter.Values[0];
            parameter.Gradients[0] = 3;
            sgd.Step();
        }

        // 0.9^400 is 5e-19.
        Assert.Equal(-0.5 * 3 / (1 - 0.9), parameter.Values[0] - before, 1e-10);
        Assert.Equal(3, parameter.Gradients[0]);
        sgd.ZeroGrad();
        Assert.Equal(0, parameter.Gradients[0]);
    }
}
