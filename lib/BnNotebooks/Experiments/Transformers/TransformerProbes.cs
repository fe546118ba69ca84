using TorchSharp;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>Looks into a transformer at work; nothing changes.</summary>
public static class TransformerProbes
{
    /// <summary>The variance of the residual stream before the first block and behind each, over test text.</summary>
    /// <param name="training">The transformer.</param>
    public static double[] StreamVariances(TextTraining training)
    {
        List<double> variances = [];
        Look(training, (sight, x, _) =>
        {
            if (sight == Sight.Stream)
                variances.Add(x.var([0, 1, 2], false).item<float>());
        });
        return [.. variances];
    }

    /// <summary>The largest magnitude of an attention logit q·k/√d, over test text and all layers.</summary>
    /// <param name="training">The transformer.</param>
    public static double LargestLogit(TextTraining training)
    {
        var largest = 0.0;
        Look(training, (sight, logits, _) =>
        {
            if (sight == Sight.Logits)
                largest = Math.Max(largest, logits.abs().tril().max().item<float>());
        });
        return largest;
    }

    /// <summary>‖∂ℓ/∂W‖ of the output weights of each block's perceptron, for the next training batch; no step is made with it.</summary>
    /// <param name="training">The transformer.</param>
    public static double[] GradientNorms(TextTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        using var scope = torch.NewDisposeScope();
        var (tokens, next) = training.NextBatch();
        foreach (var parameter in training.Model.Parameters)
            parameter.grad?.zero_();
        TextTraining.Loss(training.Model.Forward(tokens, NormMode.BatchUnrecorded), next).backward();
        return [.. training.Model.LastWeights.Select(weight => (double)weight.grad!.norm().item<float>())];
    }

    /// <summary>
    /// How far the outputs move when every weight of the blocks moves a little, as a share of their length: noise of a hundredth of each
    /// weight tensor's root mean square (Liu et al. 2020, section 4).
    /// </summary>
    /// <param name="training">The transformer.</param>
    public static double OutputChange(TextTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        const double share = 0.01;
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (tokens, _) = training.Spread(training.Experiment.Text.Test, 0, 1);
        var random = Draws.Generator(training.Seed, Purpose.Probe);
        var before = training.Model.Forward(tokens, NormMode.BatchUnrecorded);
        (TorchSharp.Modules.Parameter Weight, torch.Tensor Saved)[] saved = [.. training.Model.BlockWeights.Select(weight => (weight, weight.clone()))];
        foreach (var (weight, original) in saved)
        {
            var noise = new float[weight.numel()];
            random.FillNormal(noise, share * original.Squared().mean().sqrt().item<float>());
            weight.copy_(original.Plus(System.Numerics.Tensors.Tensor.Create(noise, [.. weight.shape.Select(length => (nint)length)]).ToTorch()));
        }
        var after = training.Model.Forward(tokens, NormMode.BatchUnrecorded);
        foreach (var (weight, original) in saved)
            weight.copy_(original);
        return after.Plus(before.neg()).norm().item<float>() / before.norm().item<float>();
    }

    /// <summary>
    /// What goes into the last normalization and what layer norm makes of it before γ and β, value by value over test text.
    /// </summary>
    /// <param name="training">The transformer.</param>
    public static (double[] Inputs, double[] Outputs) LayerNormCurve(TextTraining training)
    {
        (double[], double[]) curve = ([], []);
        Look(training, (sight, x, _) =>
        {
            if (sight == Sight.Norm)
                curve = (Numbers(x), Numbers(torch.nn.functional.layer_norm(x, [x.shape[^1]])));
        });
        return curve;
    }

    /// <summary>
    /// How far a batch's means lie from those of all batches, in the channel's standard deviations: root mean square over
    /// channels and batches of the input of every normalization (PowerNorm, Shen et al. 2020, figure 1).
    /// </summary>
    /// <param name="training">The transformer.</param>
    /// <param name="batches">How many training batches to look at.</param>
    public static double DriftOfMeans(TextTraining training, int batches = 40)
    {
        ArgumentNullException.ThrowIfNull(training);
        using var quiet = torch.no_grad();
        List<List<(torch.Tensor Mean, torch.Tensor Variance)>> layers = [];
        using var scope = torch.NewDisposeScope();
        for (var batch = 0; batch < batches; batch++)
        {
            using var inner = torch.NewDisposeScope();
            var norm = 0;
            training.Model.Forward(training.NextBatch().Tokens, NormMode.BatchUnrecorded, (sight, x, _) =>
            {
                if (sight != Sight.Norm)
                    return;
                if (++norm > layers.Count)
                    layers.Add([]);
                var flat = x.reshape(-1, x.shape[^1]);
                layers[norm - 1].Add((flat.mean([0]).MoveToOuterDisposeScope(), flat.var(0, false).MoveToOuterDisposeScope()));
            });
        }
        return BatchDrift.Of(layers);
    }

    static void Look(TextTraining training, Action<Sight, torch.Tensor, torch.Tensor> look)
    {
        ArgumentNullException.ThrowIfNull(training);
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        training.Model.Forward(training.Spread(training.Experiment.Text.Test, 0, 1).Tokens, NormMode.Running, look);
    }

    static double[] Numbers(torch.Tensor tensor) => [.. tensor.ToTensor().Select(value => (double)value)];
}
