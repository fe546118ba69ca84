using System.Globalization;
using System.Text;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>The C# that builds a description's network, in one line where the library has one for it. A test compiles and runs it.</summary>
static class ArchitectureCode
{
    /// <summary>Statements that leave the network in a variable <c>network</c> and its optimizer in <c>sgd</c>.</summary>
    public static string Of(RunDescription d)
    {
        var optimizer = Text($"var sgd = new Sgd(network.Parameters, lr: {d.Rate});")
            + (d.Growth > 1 ? Text($"   // and after each step: sgd.Lr *= {d.Growth};") : "");
        return (IsMlp(d) ? Mlp(d) : Layers(d)) + "\n" + optimizer;
    }

    // The library's perceptron starts as its activation asks for, with the normalizations' own momentum.
    static bool IsMlp(RunDescription d) => d.Placement == "before" && d.Start == (d.Activation == "relu" ? "he" : "xavier") && Momentum(d) == "";

    static string Mlp(RunDescription d) =>
        $"var network = new Mlp([2, {string.Join(", ", Enumerable.Repeat(d.Width, d.Depth))}, 2], \"{d.Normalization}\", \"{d.Activation}\", seed: {d.Seed});";

    static string Layers(RunDescription d)
    {
        var code = new StringBuilder($"var random = new Random({d.Seed});\nvar network = new Sequential(\n");
        for (var block = 0; block < d.Depth; block++)
        {
            var (norm, activation) = (Normalization(d), d.Activation == "relu" ? "new ReLU()" : "new Sigmoid()");
            var both = norm is null ? activation : d.Placement == "before" ? $"{norm}, {activation}" : $"{activation}, {norm}";
            code.Append($"    {Linear(d, block == 0 ? 2 : d.Width, d.Width)}, {both},\n");
        }
        code.Append($"    {Linear(d, d.Width, 2)});");
        if (d.Start != "pytorch")
            code.Append($$"""


                Linear Start(Linear linear)
                {
                    Initialization.{{(d.Start == "he" ? "KaimingNormal" : "XavierNormal")}}(linear.Weight, random);
                    linear.Bias!.Values.Clear();
                    return linear;
                }
                """);
        return code.ToString();
    }

    static string Linear(RunDescription d, int inputs, int outputs)
    {
        var linear = d.Start == "pytorch" ? $"new Linear({inputs}, {outputs}, random: random)" : $"Start(new Linear({inputs}, {outputs}))";
        return d.Normalization == "weight" ? $"WeightNormLinear<float>.From({linear})" : linear;
    }

    static string? Normalization(RunDescription d) => d.Normalization switch
    {
        "none" or "weight" => null,
        "batch" => $"new BatchNorm1d({d.Width}{Momentum(d)})",
        "layer" => $"new LayerNorm({d.Width})",
        "group" => $"new GroupNorm({Normalizations.Groups(d.Width)}, {d.Width})",
        "rms" => $"new RmsNorm({d.Width})",
        "ghost" => $"new GhostBatchNorm<float>(new BatchNorm1d({d.Width}{Momentum(d)}), {Normalizations.GhostBatchSize})",
        "renorm" => $"new BatchRenorm({d.Width}{Momentum(d)})",
        "switchable" => $"new SwitchableNorm({d.Width}{Momentum(d)}, useInstanceStatistics: false)",
        "attentive" => $"new AttentiveNorm({d.Width}{Momentum(d)})",
        "stochastic" => $"new StochasticBatchNorm({d.Width}, noiseBatchSize: 32{Momentum(d)})",
        "noisy" => $"new NoisyBatchNorm({d.Width}, noiseBatchSize: 32{Momentum(d)})",
        "dyt" => $"new DyT({d.Width})",
        _ => throw new ArgumentException($"No C# is known for the normalization \"{d.Normalization}\"."),
    };

    // As an argument, where it is not the layer's own.
    static string Momentum(RunDescription d) => d.Normalization switch
    {
        "none" or "weight" or "layer" or "group" or "rms" or "dyt" => "",
        "renorm" when d.Momentum == 0.01 => "",
        not "renorm" when d.Momentum == 0.1 => "",
        _ => Text($", momentum: {d.Momentum}"),
    };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
