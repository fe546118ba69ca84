using System.Numerics;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// Our layers beside libtorch's: random parameters, shapes and options, some steps of training and one of evaluation, each
/// forward and backward. The reference is libtorch in double on the same numbers, whatever our element type.
/// </summary>
public class LiveLayerTests
{
    const int TrainingSteps = 3;

    public static TheoryData<LiveLayer> Layers => [.. Enum.GetValues<LiveLayer>()];

    // Those that can be told to compute in double, or always do.
    public static TheoryData<LiveLayer> LayersThatRoundOnce =>
    [
        LiveLayer.Batch, LiveLayer.Layer, LiveLayer.Group, LiveLayer.Instance, LiveLayer.TrackedInstance, LiveLayer.Rms, LiveLayer.BatchRenorm,
        LiveLayer.WeightNormLinear, LiveLayer.DyT,
    ];

    // Those that compute in the element type where they are fast.
    public static TheoryData<LiveLayer> FastLayers =>
    [
        LiveLayer.Batch, LiveLayer.Layer, LiveLayer.Group, LiveLayer.Instance, LiveLayer.TrackedInstance, LiveLayer.Rms, LiveLayer.Attentive,
        LiveLayer.Switchable, LiveLayer.Stochastic,
    ];

    [Theory, MemberData(nameof(Layers))]
    public void In_double_we_give_what_libtorch_gives(LiveLayer layer) => LayerCase.ForAll(layer, c => Compare<double>(c, rounding: 0));

    [Theory, MemberData(nameof(LayersThatRoundOnce))]
    public void Carefully_in_float_we_give_what_libtorch_gives_in_double_rounded_once(LiveLayer layer) =>
        LayerCase.ForAll(layer, c => Compare<float>(c with { Method = BatchNormMethod.Careful }, rounding: 0));

    // A result goes through four or five roundings, each of a number of its own size or, in a gradient, of the terms that cancel in it,
    // which are a few times as large; the statistics and sums behind it have some more.
    [Theory, MemberData(nameof(FastLayers))]
    public void Fast_in_float_we_give_what_libtorch_gives_in_double_up_to_some_roundings(LiveLayer layer) =>
        LayerCase.ForAll(layer, c => Compare<float>(c with { Method = BatchNormMethod.Fast }, rounding: 16));

    static void Compare<T>(LayerCase c, int rounding) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(c.Seed);
        var ours = c.Make<T>();
        foreach (var parameter in ours.Parameters)
            Numbers.Normal<T>(random, parameter.Values.Length, mean: 0, std: 1).CopyTo(parameter.Values);

        for (var step = 1; step <= TrainingSteps + 1; step++)
        {
            using var scope = NewDisposeScope();
            set_num_threads(1);
            var training = step <= TrainingSteps;
            ours.Train(training);
            var x = Numbers.Normal<T>(random, c.Count, c.Mean, c.Std);
            var gradOutput = Numbers.Normal<T>(random, c.OutputCount, 0, 1);

            // Ours are rounded to T, so each step starts from there on both sides.
            var state = OnePass.StateOf<T, double>(ours);
            var alpha = LargestAlpha(c, Numbers.Convert<T, double>(x), state, training);
            var actual = OnePass.Ours(ours, c, x, gradOutput);
            if (ours is StochasticBatchNorm<T> noisy)
                (state["mean noise"], state["variance noise"]) = (tensor(noisy.MeanNoise.ToArray()), tensor(noisy.VarianceNoise.ToArray()));
            var expected = OnePass.Torchs(c, state, Numbers.Convert<T, double>(x), Numbers.Convert<T, double>(gradOutput), training, step);

            var largest = x.Max(value => Math.Abs(double.CreateChecked(value)));
            foreach (var (name, values) in actual)
                Numbers.Close(expected[name], values,
                    Slack<T>(c.Layer, name, expected[name].Max(Math.Abs), largest, alpha) + rounding * Numbers.OneRounding<T>() * Math.Max(Terms(name, alpha, training ? 0 : largest), expected[name].Max(Math.Abs)),
                    $"{name} of step {step}: {c}");
        }
    }

    // How large the terms are that cancel in a result: of numbers of size 4 and γ of size 3, in a gradient times α. In evaluation the
    // running mean may be far from the data, which is then normalized to as much as α times its size: only γ's gradient sums that.
    static double Terms(string name, double alpha, double far) => name switch
    {
        "weight.grad" => Math.Max(12, 4 * far) * Math.Max(1, alpha),
        _ when name.Contains("grad", StringComparison.Ordinal) => 12 * Math.Max(1, alpha),
        _ => 1,
    };

    /// <summary>What may differ beside the one rounding to T.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">What is compared.</param>
    /// <param name="size">The largest magnitude in it.</param>
    /// <param name="largest">The largest magnitude in the input.</param>
    /// <param name="alpha">What the input is multiplied by to normalize it, at most: 1/√(σ² + ε).</param>
    static double Slack<T>(LiveLayer layer, string name, double size, double largest, double alpha) where T : IFloatingPointIeee754<T>
    {
        switch (layer)
        {
            // Sums have up to 21 terms of some 10 each; what remains is a few roundings of double.
            case LiveLayer.Linear or LiveLayer.Relu or LiveLayer.Sigmoid:
                return 1e-13;

            // What double itself costs: 1e-16 of the largest terms in a sum. Those are up to 1/√ε ≤ 320 times as large as the
            // data, thrice over in a gradient, and cancel; the data is of size 10. Of tanh, libtorch takes 1 − t² for the slope.
            case LiveLayer.Attentive or LiveLayer.Switchable or LiveLayer.Stochastic or LiveLayer.WeightNormLinear or LiveLayer.DyT:
                return 1e-9 * Math.Max(1, size);

            // γ·r and γ·d + β are rounded to T before they are used. As the mean of y is γ·d + β, no term of y is more than
            // twice as large as the largest y: together four roundings of that. Double costs 1e-16 of x, which α magnifies,
            // in the gradients up to three times.
            case LiveLayer.BatchRenorm:
                return 4 * Numbers.OneRounding<T>() * size + 1e-13 * Math.Pow(1 + alpha, 3);

            // Both sides round x − μ to 1e-16 of x, which α magnifies; the sums have up to 9·4³ terms. γ is at most about 4;
            // gradients are about α times as large as outputs.
            default:
                alpha = Math.Max(1, alpha);
                var output = 1e-13 * (1 + largest * largest) * alpha;
                return name.Contains("grad", StringComparison.Ordinal) ? output * alpha * alpha : output;
        }
    }

    static double LargestAlpha(LayerCase c, double[] x, Dictionary<string, Tensor> state, bool training)
    {
        var ofInput = c.NormalizedTogether(x).Min(values =>
        {
            var mean = c.Layer is LiveLayer.Rms ? 0 : values.Average();
            return values.Average(value => (value - mean) * (value - mean));
        });
        if (c.Layer is LiveLayer.BatchRenorm)
            return 1 / Math.Min(state["running_std"].min().item<double>(), Math.Sqrt(ofInput + c.Eps));
        var variance = training || !state.TryGetValue("running_var", out var running) ? ofInput : running.min().item<double>();
        return 1 / Math.Sqrt(variance + c.Eps);
    }
}
