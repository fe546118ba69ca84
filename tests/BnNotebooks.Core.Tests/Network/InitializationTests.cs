namespace BnNotebooks.Core.Tests.Network;

public class InitializationTests
{
    // A kernel of 3 for each pair of channels: fan_in = 100·3, fan_out = 200·3.
    static readonly nint[] Shape = [200, 100, 3];

    // The standard deviation of 60,000 numbers is off by 1/√120,000 ≈ 0.3 % of it, their mean by 0.4 %, their kurtosis by
    // √(24/60,000) ≈ 0.02. The seed is fixed; these are four times as much.
    const double StdSlack = 0.012;
    const double MeanSlack = 0.016;
    const double KurtosisSlack = 0.08;

    sealed record Scheme(Action<Parameter<double>, Random> Fill, double Std, bool IsNormal);

    static readonly Dictionary<string, Scheme> Schemes = new()
    {
        ["kaiming_normal"] = new((w, r) => Initialization.KaimingNormal(w, r), Math.Sqrt(2 / 300.0), IsNormal: true),
        ["kaiming_normal, a = 0.5"] = new((w, r) => Initialization.KaimingNormal(w, r, a: 0.5), Math.Sqrt(2 / 1.25 / 300.0), IsNormal: true),
        ["kaiming_uniform"] = new((w, r) => Initialization.KaimingUniform(w, r), Math.Sqrt(2 / 300.0), IsNormal: false),
        ["xavier_normal"] = new((w, r) => Initialization.XavierNormal(w, r), Math.Sqrt(2 / 900.0), IsNormal: true),
        ["xavier_uniform"] = new((w, r) => Initialization.XavierUniform(w, r), Math.Sqrt(2 / 900.0), IsNormal: false),
        ["xavier_uniform, gain 5"] = new((w, r) => Initialization.XavierUniform(w, r, gain: 5), 5 * Math.Sqrt(2 / 900.0), IsNormal: false),
    };

    public static TheoryData<string> Names => [.. Schemes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Weights_have_the_spread_and_the_distribution_that_PyTorch_defines(string name)
    {
        var (fill, std, isNormal) = Schemes[name];
        var weight = new Parameter<double>("weight", Shape, 0);

        fill(weight, new Random(1));

        double[] standardized = [.. weight.Values.ToArray().Select(w => w / std)];
        Assert.Equal(0, standardized.Average(), MeanSlack);
        Assert.Equal(1, Math.Sqrt(standardized.Average(w => w * w)), StdSlack);
        Assert.Equal(isNormal ? 3 : 1.8, standardized.Average(w => w * w * w * w), KurtosisSlack);
        if (!isNormal)
            Assert.InRange(standardized.Max(Math.Abs), 0.999 * Math.Sqrt(3), Math.Sqrt(3));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights_and_another_one_gives_others(string name)
    {
        var weights = new[] { 7, 7, 8 }.Select(seed =>
        {
            var weight = new Parameter<double>("weight", [3, 4], 0);
            Schemes[name].Fill(weight, new Random(seed));
            return weight.Values.ToArray();
        }).ToArray();

        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[0], weights[2]);
        Assert.Equal(12, weights[0].Distinct().Count());
    }

    [Fact]
    public void A_new_linear_layer_starts_uniform_on_one_over_the_root_of_its_inputs()
    {
        var layer = new Linear(25, 400, random: new Random(1));

        foreach (var parameter in layer.Parameters)
        {
            float[] values = parameter.Values.ToArray();
            Assert.InRange(values.Max(), 0.19f, 0.2f);
            Assert.InRange(values.Min(), -0.2f, -0.19f);
        }
        Assert.Equal(new Linear(25, 400).Weight.Values.ToArray(), new Linear(25, 400, random: new Random(0)).Weight.Values.ToArray());
    }

    [Theory, InlineData("relu"), InlineData("sigmoid")]
    public void A_perceptron_starts_by_Kaiming_for_ReLU_and_by_Xavier_for_sigmoid_with_biases_of_zero(string activation)
    {
        var random = new Random(5);
        var network = new Mlp([4, 3, 2], activation: activation, seed: 5);

        foreach (var linear in network.Children.OfType<Linear<float>>())
        {
            var expected = new Parameter<float>("weight", linear.Weight.Value.Lengths, 0);
            if (activation == "relu")
                Initialization.KaimingNormal(expected, random);
            else
                Initialization.XavierNormal(expected, random);
            Assert.Equal(expected.Values.ToArray(), linear.Weight.Values.ToArray());
            Assert.All(linear.Bias!.Values.ToArray(), b => Assert.Equal(0, b));
        }
    }

    [Fact]
    public void Activations_keep_their_size_through_many_layers_of_ReLU_after_Kaiming()
    {
        var random = new Random(3);
        var x = Data.Normal<float>(seed: 4, [50, 200]);
        for (var depth = 0; depth < 20; depth++)
        {
            var layer = new Linear(200, 200, bias: false);
            Initialization.KaimingNormal(layer.Weight, random);
            x = new ReLU().Forward(layer.Forward(x));
        }

        // √E[x²]; each layer changes it by some percent at random. With Xavier's weights it would be 2^−10.
        Assert.InRange(Math.Sqrt(x.ToArray().Average(v => v * v)), 0.3, 3);
    }
}
