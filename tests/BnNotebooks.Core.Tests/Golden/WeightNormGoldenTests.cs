using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

public class WeightNormGoldenTests
{
    private static readonly IReadOnlyList<JsonElement> Layers = Cases("Linear");
    private static readonly IReadOnlyList<JsonElement> Weights = Cases("weight");

    public static TheoryData<int, string> LayerCases() => Describe(Layers);
    public static TheoryData<int, string> WeightCases() => Describe(Weights);

    [Theory, MemberData(nameof(LayerCases))]
    public void A_layer_gives_what_torch_gives_forward_and_backward(int index, string description)
    {
        _ = description;
        if (Layers[index].GetProperty("dtype").GetString() == "float64")
            Replay<double>(Layers[index]);
        else
            Replay<float>(Layers[index]);
    }

    [Theory, MemberData(nameof(WeightCases))]
    public void A_weight_of_any_shape_gives_what_torch_gives_forward_and_backward(int index, string description)
    {
        _ = description;
        if (Weights[index].GetProperty("dtype").GetString() == "float64")
            Reparametrize<double>(Weights[index]);
        else
            Reparametrize<float>(Weights[index]);
    }

    private static void Replay<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = golden.Tensor<T>("input");
        var layer = new WeightNormLinear<T>(
            (int)input.Lengths[^1], golden.GetProperty("out_features").GetInt32(), golden.GetProperty("bias_used").GetBoolean());
        foreach (var parameter in layer.Parameters)
            golden.Tensor<T>(parameter.Name).FlattenTo(parameter.Values);

        var output = layer.Forward(input);
        var gradInput = layer.Backward(golden.Tensor<T>("grad_output"));

        AssertClose(golden, "output", output);
        AssertClose(golden, "grad_input", gradInput);
        foreach (var parameter in layer.Parameters)
            AssertClose(golden, "grad_" + parameter.Name, parameter.Grad);
    }

    private static void Reparametrize<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var v = golden.Tensor<T>("weight_v");
        var weightNorm = new WeightNorm<T>(v.Lengths);
        golden.Tensor<T>("weight_g").FlattenTo(weightNorm.WeightG.Values);
        v.FlattenTo(weightNorm.WeightV.Values);

        var weight = weightNorm.Weight();
        weightNorm.Backward(golden.Tensor<T>("grad_weight"));

        AssertClose(golden, "weight", weight);
        AssertClose(golden, "grad_weight_g", weightNorm.WeightG.Grad);
        AssertClose(golden, "grad_weight_v", weightNorm.WeightV.Grad);
    }

    // torch rounds to its type after each operator, in sums of at most a dozen terms that cancel in part; ours is one rounding.
    private static void AssertClose<T>(JsonElement golden, string name, Tensor<T> actual) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var expected = golden.Tensor<T>(name);
        var roundoff = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        var largest = expected.ToArray().Max(value => Math.Abs(double.CreateChecked(value)));
        Close.Assert(expected, actual, 8 * roundoff * Math.Max(1, largest), name);
    }

    private static IReadOnlyList<JsonElement> Cases(string layer) =>
        [.. GoldenFile.Cases("weight_norm.json").Where(golden => golden.GetProperty("layer").GetString() == layer)];

    private static TheoryData<int, string> Describe(IReadOnlyList<JsonElement> cases)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < cases.Count; i++)
            data.Add(i, $"{cases[i].GetProperty("dtype")} {cases[i].GetProperty("weight_v").GetProperty("shape")} seed {cases[i].GetProperty("seed")}");
        return data;
    }
}
