using System.Numerics;
using System.Numerics.Tensors;
using System.Text.Json;

namespace BnNotebooks.Core.Tests.Golden;

public class BatchNormGoldenTests
{
    private static readonly IReadOnlyList<JsonElement> Layers = GoldenFile.Cases("batch_norm.json");
    private static readonly IReadOnlyList<JsonElement> Functions = GoldenFile.Cases("normalize.json");

    public static TheoryData<int, string> LayerCases() => Describe(Layers);
    public static TheoryData<int, string> FunctionCases() => Describe(Functions);

    [Theory, MemberData(nameof(LayerCases))]
    public void A_layer_gives_what_torch_gives_forward_and_backward(int index, string description)
    {
        _ = description;
        if (Layers[index].GetProperty("dtype").GetString() == "float64")
            Replay<double>(Layers[index]);
        else
            Replay<float>(Layers[index]);
    }

    [Theory, MemberData(nameof(FunctionCases))]
    public void Normalize_gives_what_the_slides_formula_gives_in_torch(int index, string description)
    {
        _ = description;
        var golden = Functions[index];
        var input = golden.Tensor<float>("input");

        var output = BatchNormalization.Normalize(input, golden.GetProperty("eps").GetDouble());

        // torch rounds to float after each operator, on values of a few units.
        Close.Assert(golden.Tensor<float>("output"), output, 2e-6, "output");
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

    private static void Replay<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = MakeLayer<T>(golden);
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            var training = step.GetProperty("training").GetBoolean();
            layer.Train(training);
            layer.ZeroGrad();
            var input = step.Tensor<T>("input");

            var output = layer.Forward(input);
            var gradInput = layer.Backward(step.Tensor<T>("grad_output"));

            var (tolerance, gradientTolerance) = Tolerance(input, layer);
            Close.Assert(step.Tensor<T>("output"), output, tolerance, "output");
            Close.Assert(step.Tensor<T>("grad_input"), gradInput, gradientTolerance, "grad_input");
            if (layer.Affine)
            {
                Close.Assert(step.Tensor<T>("grad_weight"), layer.Weight!.Grad, gradientTolerance, "grad_weight");
                Close.Assert(step.Tensor<T>("grad_bias"), layer.Bias!.Grad, gradientTolerance, "grad_bias");
            }
            if (layer.TrackRunningStats)
            {
                Close.Assert(step.Tensor<T>("running_mean"), layer.RunningMean!, tolerance, "running_mean");
                Close.Assert(step.Tensor<T>("running_var"), layer.RunningVar!, tolerance, "running_var");
                Assert.Equal(step.GetProperty("num_batches_tracked").GetInt64(), layer.NumBatchesTracked);
            }
        }
    }

    // libtorch computes α·x + (β − α·μ) with α = γ/√(σ² + ε) in the tensor's own type, so its output is off by a few roundings
    // of the largest α·x, and its gradients by as much relative to their size, which is α. Ours is one rounding of the result.
    private static (double Output, double Gradient) Tolerance<T>(Tensor<T> input, BatchNorm<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var roundoff = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        var values = input.ToArray().Select(double.CreateChecked).ToArray();
        var positions = (int)(input.FlattenedLength / (input.Lengths[0] * input.Lengths[1]));
        var (largest, largestAlpha) = (1.0, 1.0);
        for (var c = 0; c < layer.NumFeatures; c++)
        {
            double[] channel = [.. values.Where((_, i) => i / positions % layer.NumFeatures == c)];
            var mean = channel.Average();
            var variance = layer.Training || !layer.TrackRunningStats
                ? channel.Average(x => (x - mean) * (x - mean))
                : double.CreateChecked(layer.RunningVar![c]);
            var gamma = layer.Affine ? Math.Abs(double.CreateChecked(layer.Weight!.Value[c])) : 1;
            var alpha = Math.Max(1, gamma) / Math.Sqrt(variance + layer.Eps);
            largestAlpha = Math.Max(largestAlpha, alpha);
            largest = Math.Max(largest, Math.Max(1, alpha) * (1 + channel.Max(Math.Abs)));
        }
        return (8 * roundoff * largest, 8 * roundoff * largest * largestAlpha);
    }

    private static BatchNorm<T> MakeLayer<T>(JsonElement golden) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var options = golden.GetProperty("options");
        var features = golden.GetProperty("shape")[1].GetInt32();
        var eps = options.TryGetProperty("eps", out var e) ? e.GetDouble() : 1e-5;
        double? momentum = !options.TryGetProperty("momentum", out var m) ? 0.1 : m.ValueKind == JsonValueKind.Null ? null : m.GetDouble();
        var affine = !options.TryGetProperty("affine", out var a) || a.GetBoolean();
        var track = !options.TryGetProperty("track_running_stats", out var t) || t.GetBoolean();
        BatchNorm<T> layer = golden.GetProperty("layer").GetString() switch
        {
            "BatchNorm1d" => new BatchNorm1d<T>(features, eps, momentum, affine, track),
            "BatchNorm2d" => new BatchNorm2d<T>(features, eps, momentum, affine, track),
            _ => new BatchNorm3d<T>(features, eps, momentum, affine, track),
        };
        if (affine)
        {
            golden.Tensor<T>("weight").FlattenTo(layer.Weight!.Values);
            golden.Tensor<T>("bias").FlattenTo(layer.Bias!.Values);
        }
        return layer;
    }

    private static TheoryData<int, string> Describe(IReadOnlyList<JsonElement> cases)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < cases.Count; i++)
            data.Add(i, cases[i].TryGetProperty("layer", out var layer)
                ? $"{layer} {cases[i].GetProperty("dtype")} {cases[i].GetProperty("shape")} {cases[i].GetProperty("options").GetRawText()}"
                : $"eps {cases[i].GetProperty("eps")} seed {cases[i].GetProperty("seed")}");
        return data;
    }
}
