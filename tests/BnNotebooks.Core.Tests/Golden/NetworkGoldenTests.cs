using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

public class NetworkGoldenTests
{
    private static readonly IReadOnlyList<JsonElement> Cases = GoldenFile.Cases("network.json");

    public static TheoryData<int, string> LayerCases() => OfKind("linear", "relu", "sigmoid");
    public static TheoryData<int, string> LossCases() => OfKind("cross_entropy");
    public static TheoryData<int, string> OptimizerCases() => OfKind("sgd");

    [Theory, MemberData(nameof(LayerCases))]
    public void A_layer_gives_what_torch_gives_forward_and_backward(int index, string description)
    {
        _ = description;
        if (IsDouble(Cases[index]))
            ReplayLayer<double>(Cases[index]);
        else
            ReplayLayer<float>(Cases[index]);
    }

    [Theory, MemberData(nameof(LossCases))]
    public void The_loss_is_what_torch_gives_and_so_is_its_gradient(int index, string description)
    {
        _ = description;
        if (IsDouble(Cases[index]))
            ReplayLoss<double>(Cases[index]);
        else
            ReplayLoss<float>(Cases[index]);
    }

    [Theory, MemberData(nameof(OptimizerCases))]
    public void Every_step_of_the_optimizer_goes_where_torchs_goes(int index, string description)
    {
        _ = description;
        if (IsDouble(Cases[index]))
            ReplaySteps<double>(Cases[index]);
        else
            ReplaySteps<float>(Cases[index]);
    }

    private static void ReplayLayer<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = golden.Tensor<T>("input");
        var gradOutput = golden.Tensor<T>("grad_output");
        Layer<T> layer = golden.GetProperty("kind").GetString() switch
        {
            "linear" => MakeLinear<T>(golden),
            "relu" => new ReLU<T>(),
            _ => new Sigmoid<T>(),
        };

        var output = layer.Forward(input);
        var gradInput = layer.Backward(gradOutput);

        Close.Assert(golden.Tensor<T>("output"), output, Tolerance<T>(layer, "output"), "output");
        Close.Assert(golden.Tensor<T>("grad_input"), gradInput, Tolerance<T>(layer, "grad_input"), "grad_input");
        foreach (var parameter in layer.Parameters)
            Close.Assert(golden.Tensor<T>($"grad_{parameter.Name}"), parameter.Grad, Tolerance<T>(layer, "grad"), $"grad_{parameter.Name}");
    }

    // ReLU computes nothing. Sigmoid is a few roundings of a number up to 1, its gradient of one up to 3. The sums of a linear
    // layer are rounded after each term, in another order than torch's; such errors grow with the square root of the number of
    // terms, which is at most 70, and the largest terms are about 20.
    private static double Tolerance<T>(Layer<T> layer, string what) where T : unmanaged, IFloatingPointIeee754<T> => layer switch
    {
        ReLU<T> => 0,
        Sigmoid<T> => (what == "output" ? 2 : 6) * Roundoff<T>(),
        _ => Math.Sqrt(70) * 20 * Roundoff<T>(),
    };

    private static void ReplayLoss<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var logits = golden.Tensor<T>("input");
        int[] labels = [.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        var expected = golden.Tensor<T>("loss")[0];
        var loss = new SoftmaxCrossEntropy<T>();

        var actual = loss.Forward(logits, labels);

        // torch rounds differences of logits and sums of losses to T, which are at most N times the loss; ours is rounded once.
        var slack = 4 * Roundoff<T>() * (1 + labels.Length * double.CreateChecked(expected));
        Assert.Equal(double.CreateChecked(expected), double.CreateChecked(actual), slack);
        // Probabilities, at most 1: a few roundings, of powers too.
        Close.Assert(golden.Tensor<T>("grad_input"), loss.Backward(), 4 * Roundoff<T>(), "grad_input");
    }

    private static void ReplaySteps<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var start = golden.Tensor<T>("start");
        var options = golden.GetProperty("options");
        var parameter = new Parameter<T>("p", start.Lengths, T.Zero);
        start.FlattenTo(parameter.Values);
        var sgd = new Sgd<T>([parameter], lr: 1, options.GetProperty("momentum").GetDouble(), options.GetProperty("weight_decay").GetDouble());
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            sgd.Lr = step.GetProperty("lr").GetDouble();
            step.Tensor<T>("grad").FlattenTo(parameter.Gradients);

            sgd.Step();

            // Up to five steps of three roundings each, of numbers up to 3.
            Close.Assert(step.Tensor<T>("value"), parameter.Value, 15 * Roundoff<T>(), "value");
        }
    }

    private static Linear<T> MakeLinear<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weight = golden.Tensor<T>("weight");
        var layer = new Linear<T>((int)weight.Lengths[1], (int)weight.Lengths[0], golden.TryGetProperty("bias", out _));
        foreach (var parameter in layer.Parameters)
            golden.Tensor<T>(parameter.Name).FlattenTo(parameter.Values);
        return layer;
    }

    private static double Roundoff<T>() where T : IFloatingPointIeee754<T> => double.CreateChecked(T.BitIncrement(T.One) - T.One);

    private static bool IsDouble(JsonElement golden) => golden.GetProperty("dtype").GetString() == "float64";

    private static TheoryData<int, string> OfKind(params string[] kinds)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < Cases.Count; i++)
            if (kinds.Contains(Cases[i].GetProperty("kind").GetString()))
                data.Add(i, $"{Cases[i].GetProperty("kind")} {Cases[i].GetProperty("dtype")} seed {Cases[i].GetProperty("seed")}");
        return data;
    }
}
