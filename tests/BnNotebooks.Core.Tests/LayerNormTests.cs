using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class LayerNormTests
{
    [Fact]
    public void Permuting_the_features_of_the_input_permutes_those_of_the_output()
    {
        var x = Data.Normal<double>(seed: 1, [5, 4]);
        double[] reversed = [.. x.ToArray().Chunk(4).SelectMany(row => row.Reverse())];

        var y = new LayerNorm<double>(4).Forward(x).ToArray();
        var ofReversed = new LayerNorm<double>(4).Forward(Tensor.Create(reversed, [5, 4]));

        double[] expected = [.. y.Chunk(4).SelectMany(row => row.Reverse())];
        Close.Assert(Tensor.Create(expected, [5, 4]), ofReversed, 1e-14, "output");     // sums in another order
    }

    [Fact]
    public void A_shape_of_one_dimension_may_be_given_as_a_number()
    {
        var x = Data.Normal<float>(seed: 2, [2, 3, 4]);

        Assert.Equal(new LayerNorm([4]).Forward(x).ToArray(), new LayerNorm(4).Forward(x).ToArray());
        Assert.Equal([4], new LayerNorm(4).NormalizedShape);
    }

    [Fact]
    public void A_single_sample_needs_no_batch_dimension()
    {
        var x = Data.Normal<float>(seed: 3, [3, 4]);

        var y = new LayerNorm([3, 4]).Forward(x);

        Assert.Equal(new LayerNorm([3, 4]).Forward(Tensor.Create(x.ToArray(), [1, 3, 4])).ToArray(), y.ToArray());
    }

    [Fact]
    public void A_strided_input_gives_what_its_copy_gives()
    {
        var memory = Data.Normal<float>(seed: 4, [5 * 3]).ToArray();
        var transposed = new ReadOnlyTensorSpan<float>(memory, [3, 5], [1, 3]);
        var copy = new float[15];
        transposed.FlattenTo(copy);

        Close.Assert(new LayerNorm(5).Forward(Tensor.Create(copy, [3, 5])), new LayerNorm(5).Forward(transposed), 0, "output");
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        // Steps of 1/16 around a million are exact in float, and so is their pattern after normalization.
        float[] pattern = [-2, -1, 0, 1, 2];
        var shifted = Tensor.Create(pattern.Select(v => 1e6f + v / 16).ToArray(), [1, 5]);

        var y = new LayerNorm(5, eps: 0).Forward(shifted);

        // A float holds seven digits; outputs are of size 1 to 2, rounded once.
        Close.Assert(Tensor.Create(pattern.Select(v => v / MathF.Sqrt(2)).ToArray(), [1, 5]), y, 2e-7, "output");
    }

    [Fact]
    public void The_state_has_the_names_and_shapes_of_PyTorch()
    {
        var state = new LayerNorm([3, 4]).StateDict();

        Assert.Equal(["weight", "bias"], state.Keys);
        Assert.All(state.Values, tensor => Assert.Equal([3, 4], tensor.Shape));
        Assert.Equal(["weight"], new LayerNorm(4, bias: false).StateDict().Keys);
        Assert.Empty(new LayerNorm(4, elementwiseAffine: false).StateDict());
    }

    [Fact]
    public void Weights_start_as_ones_and_biases_as_zeros()
    {
        var layer = new LayerNorm(3);

        Assert.Equal([1, 1, 1], layer.Weight!.Values.ToArray());
        Assert.Equal([0, 0, 0], layer.Bias!.Values.ToArray());
    }
}
