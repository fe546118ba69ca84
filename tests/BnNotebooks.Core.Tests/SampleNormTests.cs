using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>What layer, group, instance and RMS norm have in common.</summary>
public class SampleNormTests
{
    private static readonly nint[] Shape = [3, 4, 2, 3];

    // Each takes (3, 4, 2, 3) and normalizes so many neighbouring values together.
    private static readonly (string Name, int GroupSize, Func<double, bool, SampleNorm<double>> Make)[] Layers =
    [
        ("layer norm of rows", 3, (eps, affine) => new LayerNorm<double>(3, eps, affine)),
        ("layer norm of samples", 24, (eps, affine) => new LayerNorm<double>([4, 2, 3], eps, affine)),
        ("group norm, 1 group", 24, (eps, affine) => new GroupNorm<double>(1, 4, eps, affine)),
        ("group norm, 2 groups", 12, (eps, affine) => new GroupNorm<double>(2, 4, eps, affine)),
        ("group norm, 4 groups", 6, (eps, affine) => new GroupNorm<double>(4, 4, eps, affine)),
        ("instance norm", 6, (eps, affine) => new InstanceNorm2d<double>(4, eps, affine: affine)),
        ("instance norm, tracked", 6, (eps, affine) => new InstanceNorm2d<double>(4, eps, affine: affine, trackRunningStats: true)),
        ("RMS norm of rows", 3, (eps, affine) => new RmsNorm<double>(3, eps, affine)),
        ("RMS norm of samples", 24, (eps, affine) => new RmsNorm<double>([4, 2, 3], eps, affine)),
    ];

    public static TheoryData<string> Names => [.. Layers.Select(layer => layer.Name)];

    public static TheoryData<string> NamesWithMean => [.. Layers.Select(layer => layer.Name).Where(name => !name.StartsWith("RMS"))];

    public static TheoryData<string, bool, bool> Variants =>
        new MatrixTheoryData<string, bool, bool>(Layers.Select(layer => layer.Name), [true, false], [true, false]);

    [Theory, MemberData(nameof(Variants))]
    public void Gradients_agree_with_central_differences(string name, bool training, bool affine)
    {
        var (layer, _) = Make(name, eps: 0.01, affine);
        Prepare(layer);
        layer.Train(training);

        GradientCheck.Passes(layer, Data.Normal<double>(seed: 1, Shape, mean: 2, std: 3));
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void Each_group_comes_out_with_mean_0_and_variance_σ2_over_σ2_plus_ε(string name)
    {
        const double eps = 0.5;     // large, so that the shrinking shows
        var x = Data.Normal<double>(seed: 2, Shape, mean: 3, std: 2);
        var (layer, groupSize) = Make(name, eps, affine: false);

        var y = layer.Forward(x);

        foreach (var (before, after) in x.ToArray().Chunk(groupSize).Zip(y.ToArray().Chunk(groupSize)))
        {
            Assert.Equal(0, after.Average(), 1e-13);                    // double: a few roundings of values of size 1
            Assert.Equal(Variance(before) / (Variance(before) + eps), Variance(after), 1e-13);
        }
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void Scaling_and_shifting_a_group_of_the_input_changes_nothing(string name)
    {
        // ε = 0, because ε does not scale with the input.
        var (layer, groupSize) = Make(name, eps: 0, affine: true);
        Prepare(layer);
        layer.Train();
        var x = Data.Normal<double>(seed: 3, Shape);
        var moved = Tensor.Create(x.ToArray().Select((v, i) => v * (i / groupSize + 0.5) - 7 * (i / groupSize)).ToArray(), Shape);

        Close.Assert(layer.Forward(x), layer.Forward(moved), 1e-10, "output");      // shifts of up to 7·24 cost two to three digits
    }

    [Theory, MemberData(nameof(Names))]
    public void A_group_has_no_gradient_along_what_cannot_change_its_output(string name)
    {
        var (layer, groupSize) = Make(name, eps: 0, affine: true);
        Prepare(layer);
        var x = Data.Normal<double>(seed: 4, Shape);
        layer.Forward(x);

        var dx = layer.Backward(Data.Normal<double>(seed: 5, Shape)).ToArray();

        // Scaling a group changes nothing in any of them; shifting it nothing where the mean is taken away.
        var tolerance = 1e-13 * dx.Max(Math.Abs);       // a few roundings
        foreach (var (group, gradient) in x.ToArray().Chunk(groupSize).Zip(dx.Chunk(groupSize)))
        {
            Assert.Equal(0, TensorPrimitives.Dot<double>(group, gradient), 10 * tolerance);
            if (layer is not RmsNorm<double>)
                Assert.Equal(0, gradient.Sum(), 10 * tolerance);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_sample_comes_out_the_same_whatever_else_is_in_the_batch(string name)
    {
        var (layer, _) = Make(name, eps: 1e-5, affine: true);
        var x = Data.Normal<double>(seed: 6, Shape).ToArray();

        var together = layer.Forward(Tensor.Create(x, Shape)).ToArray();
        var alone = x.Chunk(24).Reverse().Select(sample => layer.Forward(Tensor.Create(sample, [1, 4, 2, 3])).ToArray());

        Assert.Equal(together.Chunk(24).Reverse(), alone);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluation_without_running_statistics_is_the_same_as_training(string name)
    {
        var (layer, _) = Make(name, eps: 1e-5, affine: true);
        var x = Data.Normal<double>(seed: 7, Shape);
        var trained = layer.Forward(x);

        layer.Eval();

        if (layer is InstanceNorm<double> { TrackRunningStats: true })
            Assert.NotEqual(trained.ToArray(), layer.Forward(x).ToArray());
        else
            Assert.Equal(trained.ToArray(), layer.Forward(x).ToArray());
    }

    public static TheoryData<string, double> BadValues => new MatrixTheoryData<string, double>(
        Layers.Select(layer => layer.Name), [double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    [Theory, MemberData(nameof(BadValues))]
    public void A_value_that_is_no_number_spoils_its_own_group_only(string name, double bad)
    {
        var (layer, groupSize) = Make(name, eps: 1e-5, affine: false);
        var x = Data.Normal<double>(seed: 8, Shape).ToArray();
        var gradient = Data.Normal<double>(seed: 9, Shape);
        var clean = layer.Forward(Tensor.Create(x, Shape)).ToArray();
        var cleanGradient = layer.Backward(gradient).ToArray();
        const int At = 31;
        var spoiled = x.ToArray();
        spoiled[At] = bad;

        var y = layer.Forward(Tensor.Create(spoiled, Shape)).ToArray();
        var dx = layer.Backward(gradient).ToArray();

        for (var i = 0; i < y.Length; i++)
        {
            if (i / groupSize != At / groupSize)
                Assert.Equal((clean[i], cleanGradient[i]), (y[i], dx[i]));
            else if (layer is RmsNorm<double> && double.IsInfinity(bad))
                Assert.Equal(i == At ? double.NaN : 0, y[i]);      // x/∞, and ∞/∞ itself, as in torch
            else
                Assert.True(double.IsNaN(y[i]) && double.IsNaN(dx[i]));
        }
    }

    [Theory, MemberData(nameof(NamesWithMean))]
    public void A_constant_group_comes_out_as_zeros(string name)
    {
        var (layer, _) = Make(name, eps: 1e-5, affine: false);

        var y = layer.Forward(Tensor.Create(Enumerable.Repeat(0.1, 72).ToArray(), Shape));

        Assert.All(y.ToArray(), value => Assert.Equal(0, value));
    }

    [Theory, MemberData(nameof(Names))]
    public void In_place_gives_the_same_output_and_the_same_gradients(string name)
    {
        var (apart, inPlace) = (Make(name, eps: 1e-5, affine: true).Layer, Make(name, eps: 1e-5, affine: true).Layer);
        var x = Data.Normal<double>(seed: 10, Shape);
        var gradient = Data.Normal<double>(seed: 11, Shape);
        var expected = apart.Forward(x);
        var expectedGradient = apart.Backward(gradient);

        inPlace.Forward(x, x);
        inPlace.Backward(gradient, gradient);

        Close.Assert(expected, x, 0, "output");
        Close.Assert(expectedGradient, gradient, 0, "gradInput");
        Assert.Equal(apart.Weight!.Gradients.ToArray(), inPlace.Weight!.Gradients.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_of_the_parameters_add_up_until_they_are_zeroed(string name)
    {
        var (layer, _) = Make(name, eps: 1e-5, affine: true);
        var gradient = Data.Normal<double>(seed: 12, Shape);
        layer.Forward(Data.Normal<double>(seed: 13, Shape));
        layer.Backward(gradient);
        var once = layer.Parameters.Select(parameter => parameter.Gradients.ToArray()).ToArray();

        layer.Backward(gradient);

        foreach (var (before, parameter) in once.Zip(layer.Parameters))
            Assert.Equal(before.Select(g => 2 * g), parameter.Gradients.ToArray());
        layer.ZeroGrad();
        Assert.All(layer.Parameters, parameter => Assert.False(parameter.Gradients.ContainsAnyExcept(0)));
    }

    private static (SampleNorm<double> Layer, int GroupSize) Make(string name, double eps, bool affine)
    {
        var (_, groupSize, make) = Layers.Single(layer => layer.Name == name);
        return (make(eps, affine), groupSize);
    }

    // Parameters and running statistics that are not those of a new layer.
    private static void Prepare(SampleNorm<double> layer)
    {
        foreach (var parameter in layer.Parameters)
            Data.Normal<double>(seed: 14, parameter.Value.Lengths, mean: parameter.Name == "weight" ? 1 : 0, std: 0.5)
                .FlattenTo(parameter.Values);
        if (layer is InstanceNorm<double> { TrackRunningStats: true })
            layer.Forward(Data.Normal<double>(seed: 15, Shape, mean: 5, std: 4));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
