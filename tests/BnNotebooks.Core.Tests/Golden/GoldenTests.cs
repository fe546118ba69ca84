using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

/// <summary>Every layer, the loss and the optimizer beside what PyTorch computed.</summary>
public class GoldenTests
{
    static readonly Dictionary<string, IReadOnlyList<JsonElement>> Files =
        new[] { "batch_norm", "sample_norms", "weight_norm", "dyt", "network", "normalize" }.ToDictionary(name => name, name => GoldenFile.Cases($"{name}.json"));

    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var (name, cases) in Files)
            for (var i = 0; i < cases.Count; i++)
                data.Add(name, i, string.Join(' ', cases[i].EnumerateObject()
                    .Where(entry => entry.Name is "layer" or "kind" or "dtype" or "shape" or "options" or "seed").Select(entry => JsonSerializer.Serialize(entry.Value))));
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Ours_gives_what_torch_gives_forward_and_backward(string file, int index, string description)
    {
        _ = description;
        var golden = Files[file][index];
        if (golden.TryGetProperty("dtype", out var type) && type.GetString() == "float64")
            Replay<double>(golden);
        else
            Replay<float>(golden);
    }

    [Fact]
    public void A_state_from_torch_makes_the_layer_that_torch_had()
    {
        var golden = GoldenFile.Cases("state.json").Single();
        var layer = new BatchNorm2d(3);

        layer.LoadStateDict(SafeTensors.Load(GoldenFile.PathOf(golden.GetProperty("file").GetString()!)));
        layer.Eval();

        Assert.Equal(4, layer.NumBatchesTracked);
        // A few roundings of values of a few units.
        Close.Assert(golden.Tensor<float>("output"), layer.Forward(golden.Tensor<float>("input")), 2e-6, "output");
    }

    static void Replay<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (GoldenLayers.Name(golden))
        {
            case "cross_entropy":
                ReplayLoss<T>(golden);
                break;
            case "sgd":
                ReplayOptimizer<T>(golden);
                break;
            case "weight":
                ReplayWeight<T>(golden);
                break;
            case "normalize":
                // torch rounds to float after each operator, on values of a few units.
                var output = BatchNormalization.Normalize(golden.Tensor<float>("input"), golden.GetProperty("eps").GetDouble());
                Close.Assert(golden.Tensor<float>("output"), output, 2e-6, "output");
                break;
            default:
                ReplayLayer<T>(golden);
                break;
        }
    }

    static void ReplayLayer<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = GoldenLayers.Make<T>(golden);
        foreach (var step in golden.TryGetProperty("steps", out var steps) ? [.. steps.EnumerateArray()] : new[] { golden })
        {
            layer.Train(!step.TryGetProperty("training", out var training) || training.GetBoolean());
            layer.ZeroGrad();
            var input = step.Tensor<T>("input");

            var output = layer.Forward(input);
            var gradInput = layer.Backward(step.Tensor<T>("grad_output"));

            var tolerance = GoldenLayers.Tolerance(layer, golden, input);
            Compare("output", output);
            Compare("grad_input", gradInput);
            foreach (var parameter in layer.Parameters)
                Compare($"grad_{parameter.Name}", parameter.Grad);
            foreach (var buffer in layer.Buffers)
                if (buffer.DType == "I64")
                    Assert.Equal(step.GetProperty(buffer.Name).GetInt64(), buffer.To<long>()[0]);
                else
                    Compare(buffer.Name, buffer.To<T>());

            void Compare(string name, Tensor<T> actual)
            {
                var expected = step.Tensor<T>(name);
                Close.Assert(expected, actual, tolerance(name, expected), name);
            }
        }
    }

    static void ReplayLoss<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] labels = [.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        var expected = double.CreateChecked(golden.Tensor<T>("loss")[0]);
        var loss = new SoftmaxCrossEntropy<T>();

        var actual = double.CreateChecked(loss.Forward(golden.Tensor<T>("input"), labels));

        // torch rounds differences of logits and sums of losses to T, which are at most N times the loss; ours is rounded once.
        Assert.Equal(expected, actual, 4 * Close.Roundoff<T>() * (1 + labels.Length * expected));
        // Probabilities, at most 1: a few roundings, of powers too.
        Close.Assert(golden.Tensor<T>("grad_input"), loss.Backward(), 4 * Close.Roundoff<T>(), "grad_input");
    }

    static void ReplayOptimizer<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
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
            Close.Assert(step.Tensor<T>("value"), parameter.Value, 15 * Close.Roundoff<T>(), "value");
        }
    }

    // The weight of any layer, of any shape, by itself.
    static void ReplayWeight<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weightNorm = new WeightNorm<T>(golden.Tensor<T>("weight_v").Lengths);
        golden.Tensor<T>("weight_g").FlattenTo(weightNorm.WeightG.Values);
        golden.Tensor<T>("weight_v").FlattenTo(weightNorm.WeightV.Values);

        var weight = weightNorm.Weight();
        weightNorm.Backward(golden.Tensor<T>("grad_weight"));

        foreach (var (name, actual) in new[] { ("weight", weight), ("grad_weight_g", weightNorm.WeightG.Grad), ("grad_weight_v", weightNorm.WeightV.Grad) })
            Close.Assert(golden.Tensor<T>(name), actual, GoldenLayers.OfSums(golden.Tensor<T>(name)), name);
    }
}
