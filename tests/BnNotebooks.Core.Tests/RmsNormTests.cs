using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class RmsNormTests
{
    [Fact]
    public void Each_row_comes_out_with_mean_square_1()
    {
        var y = new RmsNorm<double>(7, eps: 0).Forward(Data.Normal<double>(seed: 1, [3, 7], mean: 5));

        foreach (var row in y.ToArray().Chunk(7))
            Assert.Equal(1, row.Average(v => v * v), 1e-14);        // double: a few roundings
    }

    [Fact]
    public void With_eps_the_mean_square_is_that_of_the_input_over_itself_plus_ε()
    {
        var y = new RmsNorm<double>(2, eps: 0.5).Forward(Tensor.Create(new double[] { 3, 4 }, [1, 2]));

        Close.Assert<double>(new double[] { 3 / Math.Sqrt(12.5 + 0.5), 4 / Math.Sqrt(12.5 + 0.5) }, y.ToArray(), 1e-15, "output");
    }

    [Fact]
    public void Scaling_a_row_changes_nothing_and_turning_its_sign_turns_the_outputs()
    {
        var x = Data.Normal<double>(seed: 2, [1, 6]);
        var layer = new RmsNorm<double>(6, eps: 0);
        var y = layer.Forward(x).ToArray();

        var scaled = layer.Forward(Tensor.Create(x.ToArray().Select(v => -7.5 * v).ToArray(), [1, 6]));

        Close.Assert<double>(y.Select(v => -v).ToArray(), scaled.ToArray(), 1e-14, "output");
    }

    [Fact]
    public void Of_a_row_with_mean_0_it_is_layer_norm()
    {
        var x = Tensor.Create(new double[] { -3, 1, 2, 5, -1, -4 }, [2, 3]);

        Close.Assert(new LayerNorm<double>(3, eps: 0).Forward(x), new RmsNorm<double>(3, eps: 0).Forward(x), 1e-14, "output");
    }

    [Fact]
    public void Permuting_the_features_of_the_input_permutes_those_of_the_output()
    {
        var x = Data.Normal<double>(seed: 3, [1, 5]).ToArray();

        var y = new RmsNorm<double>(5).Forward(Tensor.Create(x, [1, 5])).ToArray();
        var ofReversed = new RmsNorm<double>(5).Forward(Tensor.Create(x.Reverse().ToArray(), [1, 5])).ToArray();

        Close.Assert<double>(y.Reverse().ToArray(), ofReversed, 1e-14, "output");       // sums in another order
    }

    [Fact]
    public void Without_another_eps_it_is_the_rounding_unit_of_the_type_as_in_PyTorch()
    {
        Assert.Equal(Math.ScaleB(1, -23), new RmsNorm(3).Eps);
        Assert.Equal(Math.ScaleB(1, -52), new RmsNorm<double>(3).Eps);
    }

    [Theory, InlineData(1e30f), InlineData(1e-40f)]
    public void Squares_that_a_float_cannot_hold_are_no_trouble(float size)
    {
        var y = new RmsNorm(2, eps: 0).Forward(Tensor.Create([size, -size], [1, 2]));

        Close.Assert<float>(new float[] { 1, -1 }, y.ToArray(), 1e-7, "output");        // one rounding
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        Assert.Equal([0, 0, 0], new RmsNorm(3).Forward(Tensor.Create(new float[3], [1, 3])).ToArray());
    }

    [Fact]
    public void A_single_value_comes_out_as_its_sign()
    {
        Assert.Equal([1, -1], new RmsNorm(1, eps: 0).Forward(Tensor.Create(new float[] { 3, -5 }, [2, 1])).ToArray());
    }

    [Fact]
    public void The_state_has_the_names_and_shapes_of_PyTorch()
    {
        var state = new RmsNorm([3, 4]).StateDict();

        Assert.Equal(["weight"], state.Keys);
        Assert.Equal([3, 4], state["weight"].Shape);
        Assert.Empty(new RmsNorm(4, elementwiseAffine: false).StateDict());
    }
}
