using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>What all normalizations by the statistics of a group of values have in common.</summary>
public class NormTests
{
    internal static readonly nint[] Shape = [3, 4, 2, 3];

    // Each takes that shape and normalizes together the values whose places give the same number.
    internal static readonly Dictionary<string, (Func<int, int> Group, Func<double, bool, Layer<double>> Make)> Norms = new()
    {
        ["batch norm"] = (i => i / 6 % 4, (eps, affine) => new BatchNorm2d<double>(4, eps, affine: affine)),
        ["batch norm, careful"] = (i => i / 6 % 4, (eps, affine) => new BatchNorm2d<double>(4, eps, affine: affine) { Method = BatchNormMethod.Careful }),
        ["batch norm, by formula"] = (i => i / 6 % 4, (eps, affine) => new BatchNorm2d<double>(4, eps, affine: affine) { Method = BatchNormMethod.ByFormula }),
        ["batch norm, untracked"] = (i => i / 6 % 4, (eps, affine) => new BatchNorm2d<double>(4, eps, affine: affine, trackRunningStats: false)),
        ["batch norm, one ghost batch"] = (i => i / 6 % 4, (eps, affine) => new GhostBatchNorm<double>(new BatchNorm2d<double>(4, eps, affine: affine), ghostBatchSize: 3)),
        ["batch renorm within no limits"] = (i => i / 6 % 4, (eps, affine) => new BatchRenorm<double>(4, rMax: 1, dMax: 0, eps, affine: affine)),
        ["layer norm of rows"] = (i => i / 3, (eps, affine) => new LayerNorm<double>(3, eps, affine)),
        ["layer norm of samples"] = (i => i / 24, (eps, affine) => new LayerNorm<double>([4, 2, 3], eps, affine)),
        ["group norm, 1 group"] = (i => i / 24, (eps, affine) => new GroupNorm<double>(1, 4, eps, affine)),
        ["group norm, 2 groups"] = (i => i / 12, (eps, affine) => new GroupNorm<double>(2, 4, eps, affine)),
        ["group norm, 2 groups, careful"] = (i => i / 12, (eps, affine) => new GroupNorm<double>(2, 4, eps, affine) { Method = BatchNormMethod.Careful }),
        ["group norm, 2 groups, by formula"] = (i => i / 12, (eps, affine) => new GroupNorm<double>(2, 4, eps, affine) { Method = BatchNormMethod.ByFormula }),
        ["group norm, 4 groups"] = (i => i / 6, (eps, affine) => new GroupNorm<double>(4, 4, eps, affine)),
        ["instance norm"] = (i => i / 6, (eps, affine) => new InstanceNorm2d<double>(4, eps, affine: affine)),
        ["instance norm, tracked"] = (i => i / 6, (eps, affine) => new InstanceNorm2d<double>(4, eps, affine: affine, trackRunningStats: true)),
        ["RMS norm of rows"] = (i => i / 3, (eps, affine) => new RmsNorm<double>(3, eps, affine)),
        ["RMS norm of rows, by formula"] = (i => i / 3, (eps, affine) => new RmsNorm<double>(3, eps, affine) { Method = BatchNormMethod.ByFormula }),
        ["RMS norm of samples"] = (i => i / 24, (eps, affine) => new RmsNorm<double>([4, 2, 3], eps, affine)),
    };

    public static TheoryData<string> Names => [.. Norms.Keys];

    public static TheoryData<string> NamesWithMean => [.. Norms.Keys.Where(name => !name.StartsWith("RMS"))];

    public static TheoryData<string> NamesOfSampleNorms => [.. Norms.Keys.Where(name => !name.StartsWith("batch"))];

    [Theory, MemberData(nameof(NamesWithMean))]
    public void Each_group_comes_out_with_mean_0_and_variance_σ2_over_σ2_plus_ε(string name)
    {
        const double eps = 0.5;     // large, so that the shrinking shows
        var x = Data.Normal<double>(seed: 2, Shape, mean: 3, std: 2);

        var y = Norms[name].Make(eps, false).Forward(x);

        foreach (var (before, after) in Groups(name, x).Zip(Groups(name, y)))
        {
            Assert.Equal(0, after.Average(), 1e-13);                    // double: a few roundings of values of size 1
            Assert.Equal(Data.Variance(before) / (Data.Variance(before) + eps), Data.Variance(after), 1e-13);
        }
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void Scaling_and_shifting_a_group_of_the_input_changes_nothing(string name)
    {
        // ε = 0, because ε does not scale with the input.
        var layer = Every.Prepared(Norms[name].Make(0, true));
        var x = Data.Normal<double>(seed: 3, Shape);
        var moved = Tensor.Create(x.ToArray().Select((v, i) => v * (Norms[name].Group(i) + 0.5) - 7 * Norms[name].Group(i)).ToArray(), Shape);

        Close.Assert(layer.Forward(x), layer.Forward(moved), 1e-10, "output");      // shifts of up to 7·24 cost two to three digits
    }

    [Theory, MemberData(nameof(Names))]
    public void A_group_has_no_gradient_along_what_cannot_change_its_output(string name)
    {
        var layer = Every.Prepared(Norms[name].Make(0, true));
        var x = Data.Normal<double>(seed: 4, Shape);
        layer.Forward(x);

        var dx = layer.Backward(Data.Normal<double>(seed: 5, Shape));

        // Scaling a group changes nothing in any of them; shifting it nothing where the mean is taken away.
        var tolerance = 1e-12 * dx.ToArray().Max(Math.Abs);     // a few roundings
        foreach (var (group, gradient) in Groups(name, x).Zip(Groups(name, dx)))
        {
            Assert.Equal(0, TensorPrimitives.Dot<double>(group, gradient), tolerance);
            if (layer is not RmsNorm<double>)
                Assert.Equal(0, gradient.Sum(), tolerance);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Reversing_samples_channels_and_positions_of_the_input_reverses_those_of_the_output(string name)
    {
        var x = Data.Normal<double>(seed: 6, Shape).ToArray();
        var layer = Norms[name].Make(1e-5, true);
        var y = layer.Forward(Tensor.Create(x, Shape)).ToArray();

        var ofReversed = layer.Forward(Tensor.Create(x.Reverse().ToArray(), Shape));

        Close.Assert<double>(y.Reverse().ToArray(), ofReversed.ToArray(), 1e-13, "output");     // sums in another order
    }

    [Theory, MemberData(nameof(NamesOfSampleNorms))]
    public void A_sample_comes_out_the_same_whatever_else_is_in_the_batch(string name)
    {
        var layer = Norms[name].Make(1e-5, true);
        var x = Data.Normal<double>(seed: 6, Shape).ToArray();

        var together = layer.Forward(Tensor.Create(x, Shape)).ToArray();
        var alone = x.Chunk(24).Reverse().Select(sample => layer.Forward(Tensor.Create(sample, [1, 4, 2, 3])).ToArray());

        Assert.Equal(together.Chunk(24).Reverse(), alone);
    }

    [Theory, MemberData(nameof(Names))]
    public void Evaluation_is_the_same_as_training_exactly_where_there_are_no_running_statistics(string name)
    {
        var layer = Norms[name].Make(1e-5, true);
        var x = Data.Normal<double>(seed: 7, Shape);
        var trained = layer.Forward(x).ToArray();

        layer.Eval();

        Assert.Equal(layer.Buffers.Count == 0, trained.SequenceEqual(layer.Forward(x).ToArray()));
    }

    public static TheoryData<string, double> BadValues => new MatrixTheoryData<string, double>(
        Norms.Keys, [double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    [Theory, MemberData(nameof(BadValues))]
    public void A_value_that_is_no_number_spoils_its_own_group_only_and_its_channels_running_statistics(string name, double bad)
    {
        var (group, make) = Norms[name];
        var layer = make(1e-5, false);
        var x = Data.Normal<double>(seed: 8, Shape).ToArray();
        var gradient = Data.Normal<double>(seed: 9, Shape);
        var clean = layer.Forward(Tensor.Create(x, Shape)).ToArray();
        var cleanGradient = layer.Backward(gradient).ToArray();
        const int At = 31;      // in channel 1
        x[At] = bad;

        var y = layer.Forward(Tensor.Create(x, Shape)).ToArray();
        var dx = layer.Backward(gradient).ToArray();

        for (var i = 0; i < y.Length; i++)
        {
            if (group(i) != group(At))
                Assert.Equal((clean[i], cleanGradient[i]), (y[i], dx[i]));
            else if (layer is RmsNorm<double> && double.IsInfinity(bad))
                Assert.Equal(i == At ? double.NaN : 0, y[i]);      // x/∞, and ∞/∞ itself, as in torch
            else
                Assert.True(double.IsNaN(y[i]) && double.IsNaN(dx[i]));
        }
        foreach (var buffer in layer.Buffers.Where(buffer => buffer.DType == "F64"))
            Assert.Equal([true, false, true, true], buffer.To<double>().ToArray().Select(double.IsFinite));
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void A_constant_group_comes_out_as_zeros(string name)
    {
        var y = Norms[name].Make(1e-5, false).Forward(Tensor.Create(Enumerable.Repeat(0.1, 72).ToArray(), Shape));

        var tolerance = name.EndsWith("by formula") ? 1e-13 : 0;        // there the mean itself is rounded
        Assert.All(y.ToArray(), value => Assert.Equal(0, value, tolerance));
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void The_gradient_of_a_constant_group_is_what_comes_less_its_mean_over_the_root_of_ε(string name)
    {
        var layer = Norms[name].Make(0.25, false);
        var dy = Data.Normal<double>(seed: 10, Shape);
        layer.Forward(Tensor.Create(Enumerable.Repeat(0.1, 72).ToArray(), Shape));

        var dx = layer.Backward(dy);

        foreach (var (before, after) in Groups(name, dy).Zip(Groups(name, dx)))
            Close.Assert<double>(before.Select(g => (g - before.Average()) / 0.5).ToArray(), after, 1e-13, "dx");    // double: a few roundings
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        // Steps of 1/16 around a million are exact in float, and so is their pattern after normalization.
        float[] pattern = [-2, -1, 0, 1, 2];
        foreach (var (layer, shape) in new (Layer<float>, nint[])[]
        {
            (new BatchNorm1d(1, eps: 0), [5, 1]), (new BatchRenorm(1, rMax: 1, dMax: 0, eps: 0), [5, 1]), (new LayerNorm(5, eps: 0), [1, 5]),
            (new GroupNorm(1, 5, eps: 0), [1, 5]), (new InstanceNorm1d(1, eps: 0), [1, 1, 5]),
        })
        {
            var y = layer.Forward(Tensor.Create(pattern.Select(v => 1e6f + v / 16).ToArray(), shape));

            // A float holds seven digits; outputs are of size 1 to 2, rounded once.
            Close.Assert<float>(pattern.Select(v => v / MathF.Sqrt(2)).ToArray(), y.ToArray(), 2e-7, layer.GetType().Name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Weights_start_as_ones_and_biases_as_zeros(string name)
    {
        foreach (var parameter in Norms[name].Make(1e-5, true).Parameters)
            Assert.False(parameter.Values.ContainsAnyExcept(parameter.Name == "weight" ? 1 : 0));
    }

    static IEnumerable<double[]> Groups(string name, Tensor<double> values) =>
        values.ToArray().Index().GroupBy(value => Norms[name].Group(value.Index), value => value.Item).Select(group => group.ToArray());
}
