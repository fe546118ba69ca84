namespace BnNotebooks.Core.Tests;

/// <summary>The state of switchable, attentive, stochastic and weight normalization, by its names, out and in again.</summary>
public sealed class FurtherNormsStateTests : IDisposable
{
    private static readonly string[] Running = ["running_mean", "running_var", "num_batches_tracked"];

    private readonly string folder = Directory.CreateTempSubdirectory("bn-state-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void State_has_the_names_of_PyTorch_and_where_it_has_none_those_of_the_authors()
    {
        Assert.Equal(["weight", "bias", "mean_weight", "var_weight", .. Running], new SwitchableNorm(3).StateDict().Keys);
        Assert.Equal(["weight", "bias", "attention.weight", "attention.bias", .. Running], new AttentiveNorm(3).StateDict().Keys);
        Assert.Equal(["weight", "bias", .. Running], new StochasticBatchNorm(3, 8).StateDict().Keys);
        Assert.Equal(Running, new StochasticBatchNorm(3, 8, affine: false).StateDict().Keys);
        Assert.Equal(["bias", "weight_g", "weight_v"], new WeightNormLinear(3, 2).StateDict().Keys);
        Assert.Equal(["weight_g", "weight_v"], new WeightNormLinear(3, 2, bias: false).StateDict().Keys);
    }

    [Fact]
    public void Shapes_are_those_of_the_formulas()
    {
        Assert.Equal([3], new SwitchableNorm(5).StateDict()["mean_weight"].Shape);
        Assert.Equal([2], new SwitchableNorm(5, useInstanceStatistics: false).StateDict()["var_weight"].Shape);
        Assert.Equal([2, 5], new AttentiveNorm(5, numComponents: 2).StateDict()["weight"].Shape);
        Assert.Equal([2], new AttentiveNorm(5, numComponents: 2).StateDict()["attention.bias"].Shape);
        Assert.Equal([2, 1], new WeightNormLinear(5, 2).StateDict()["weight_g"].Shape);
        Assert.Equal([2, 5], new WeightNormLinear(5, 2).StateDict()["weight_v"].Shape);
    }

    public static TheoryData<string> Kinds => ["switchable", "attentive", "stochastic", "weight"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_saved_layer_comes_back_and_does_the_same(string kind)
    {
        var file = Path.Combine(folder, "layer.safetensors");
        var x = Data.Normal<float>(seed: 1, [4, 3, 3]);
        var (saved, loaded) = (Make(kind, seed: 1), Make(kind, seed: 2));
        foreach (var parameter in saved.Parameters)
            Data.Normal<float>(seed: parameter.Name.Length, parameter.Value.Lengths).FlattenTo(parameter.Values);
        saved.Forward(x);

        SafeTensors.Save(file, saved.StateDict());
        loaded.LoadStateDict(SafeTensors.Load(file));

        saved.Eval();
        loaded.Eval();
        Close.Assert(saved.Forward(x), loaded.Forward(x), 0, "output");
        foreach (var (name, state) in saved.StateDict())
            Assert.Equal(Values(state), Values(loaded.StateDict()[name]));
    }

    /// <summary>The numbers of a part of a state, whatever their type.</summary>
    internal static double[] Values(StateTensor state) => state.DType == "I64"
        ? [.. state.To<long>().ToArray().Select(value => (double)value)]
        : [.. state.To<float>().ToArray().Select(value => (double)value)];

    /// <summary>A layer for three features, at least in the last of several dimensions.</summary>
    internal static Layer<float> Make(string kind, int seed) => kind switch
    {
        "switchable" => new SwitchableNorm(3),
        "attentive" => new AttentiveNorm(3, random: new Random(seed)),
        "stochastic" => new StochasticBatchNorm(3, 8, random: new Random(seed)),
        _ => new WeightNormLinear(3, 3, random: new Random(seed)),
    };
}
