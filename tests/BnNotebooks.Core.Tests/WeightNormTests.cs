using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class WeightNormTests
{
    // Double: a few roundings of values of size 1, in sums of a few terms.
    const double Rounding = 1e-14;

    [Fact]
    public void Gradients_of_a_convolutions_weight_are_those_of_its_rows()
    {
        var gradient = Data.Normal<double>(seed: 2, [4, 3]);
        var layer = Prepared(3, 4, bias: false);
        var kernel = new WeightNorm<double>([4, 1, 3]);
        layer.WeightG.Values.CopyTo(kernel.WeightG.Values);
        layer.WeightV.Values.CopyTo(kernel.WeightV.Values);

        // With the unit vectors as samples, a linear layer's output is its weight's transpose.
        var outputs = layer.Forward(Tensor.Create<double>([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]));
        layer.Backward(Transposed(gradient));
        kernel.Backward(Tensor.Create(gradient.ToArray(), [4, 1, 3]));

        Assert.Equal([4, 1, 1], kernel.WeightG.Value.Lengths.ToArray());
        Assert.Equal(Transposed(outputs).ToArray(), kernel.Weight().ToArray());
        Close.Assert<double>(layer.WeightG.Gradients.ToArray(), kernel.WeightG.Gradients.ToArray(), Rounding, "weight_g.grad");
        Close.Assert<double>(layer.WeightV.Gradients.ToArray(), kernel.WeightV.Gradients.ToArray(), Rounding, "weight_v.grad");
    }

    [Theory, InlineData(1e-6), InlineData(7), InlineData(1e6)]
    public void Scaling_v_changes_nothing_but_its_gradient_which_scales_inversely(double scale)
    {
        var x = Data.Normal<double>(seed: 3, [5, 3]);
        var gradient = Data.Normal<double>(seed: 4, [5, 4]);
        var (layer, scaled) = (Prepared(3, 4, bias: true), Prepared(3, 4, bias: true));
        foreach (ref var element in scaled.WeightV.Values)
            element *= scale;

        Close.Assert(layer.Forward(x), scaled.Forward(x), Rounding * 10, "output");
        Close.Assert(layer.Backward(gradient), scaled.Backward(gradient), Rounding * 10, "gradInput");
        Close.Assert(layer.WeightG.Grad, scaled.WeightG.Grad, Rounding * 10, "weight_g.grad");
        var unscaled = scaled.WeightV.Gradients.ToArray().Select(g => g * scale).ToArray();
        Close.Assert<double>(layer.WeightV.Gradients.ToArray(), unscaled, Rounding * 10, "weight_v.grad");
    }

    [Fact]
    public void Each_outputs_weights_have_the_length_g_and_the_gradient_of_v_is_at_right_angles_to_v()
    {
        var layer = Prepared(3, 4, bias: true);
        layer.Forward(Data.Normal<double>(seed: 5, [6, 3]));
        layer.Backward(Data.Normal<double>(seed: 6, [6, 4]));

        var weight = layer.Weight().ToArray();
        for (var o = 0; o < 4; o++)
        {
            var (v, dv) = (layer.WeightV.Values.Slice(o * 3, 3).ToArray(), layer.WeightV.Gradients.Slice(o * 3, 3).ToArray());
            Assert.Equal(Math.Abs(layer.WeightG.Values[o]), Math.Sqrt(weight.Skip(o * 3).Take(3).Sum(w => w * w)), Rounding);
            Assert.Equal(0, v.Zip(dv, (a, b) => a * b).Sum(), Rounding * 10);
        }
    }

    [Fact]
    public void A_new_layers_weight_is_v_with_a_standard_deviation_of_a_twentieth()
    {
        var layer = new WeightNormLinear<double>(100, 100);

        var weight = layer.Weight().ToArray();

        Close.Assert<double>(layer.WeightV.Values.ToArray(), weight, Rounding, "weight");
        Assert.Equal(0.05, Math.Sqrt(weight.Average(w => w * w)), 0.002);       // 10,000 draws: standard error 0.0004
        Assert.Equal(layer.WeightV.Values.ToArray(), new WeightNormLinear<double>(100, 100).WeightV.Values.ToArray());
        Assert.NotEqual(layer.WeightV.Values[0], new WeightNormLinear<double>(100, 100, random: new Random(1)).WeightV.Values[0]);
    }

    [Fact]
    public void Initialized_from_a_batch_its_outputs_have_mean_0_and_variance_1()
    {
        var x = Data.Normal<double>(seed: 7, [20, 3], mean: 4, std: 3);
        var layer = Prepared(3, 4, bias: true);
        var v = layer.WeightV.Values.ToArray();

        layer.InitializeFrom(x);

        var y = layer.Forward(x).ToArray();
        for (var o = 0; o < 4; o++)
        {
            double[] output = [.. y.Where((_, i) => i % 4 == o)];
            Assert.Equal(0, output.Average(), Rounding * 10);
            Assert.Equal(1, output.Average(value => value * value), Rounding * 10);
        }
        Assert.Equal(v, layer.WeightV.Values.ToArray());
    }

    [Fact]
    public void Initialized_from_a_batch_without_a_bias_only_the_variance_is_1()
    {
        var x = Data.Normal<double>(seed: 8, [20, 3], mean: 4, std: 3);
        var (layer, withBias) = (Prepared(3, 1, bias: false), Prepared(3, 1, bias: true));
        layer.WeightV.Values.CopyTo(withBias.WeightV.Values);

        layer.InitializeFrom(x);
        withBias.InitializeFrom(x);

        var y = layer.Forward(x).ToArray();
        var mean = y.Average();
        Assert.Equal(1, y.Average(value => (value - mean) * (value - mean)), Rounding * 10);
        Assert.Equal(-withBias.Bias!.Values[0], mean, Rounding * 10);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Made_from_a_linear_layer_it_does_what_that_does(bool bias)
    {
        var x = Data.Normal<double>(seed: 9, [5, 3]);
        var linear = Every.Prepared(new Linear<double>(3, 4, bias));

        var layer = WeightNormLinear<double>.From(linear);

        Close.Assert(linear.Forward(x), layer.Forward(x), Rounding * 10, "output");
        Assert.Equal(linear.Parameters.Count + 1, layer.Parameters.Count);
    }

    [Fact]
    public void A_v_of_zeros_has_no_direction()
    {
        var layer = new WeightNormLinear(2, 2);
        layer.WeightV.Values[..2].Clear();

        var y = layer.Forward(Tensor.Create([1f, 2f], [1, 2]));

        Assert.True(float.IsNaN(y[0, 0]));
        Assert.True(float.IsFinite(y[0, 1]));
    }

    static Tensor<double> Transposed(Tensor<double> x)
    {
        var (rows, columns) = ((int)x.Lengths[0], (int)x.Lengths[1]);
        var values = x.ToArray();
        return Tensor.Create(Enumerable.Range(0, values.Length).Select(i => values[i % rows * columns + i / rows]).ToArray(), [columns, rows]);
    }

    static WeightNormLinear<double> Prepared(int inFeatures, int outFeatures, bool bias) =>
        Every.Prepared(new WeightNormLinear<double>(inFeatures, outFeatures, bias));
}
