using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

/// <summary>
/// The layers in libtorch: its own operator where it has one, else the formula of the paper. Running statistics are moved in place.
/// </summary>
internal static class TorchFormulas
{
    /// <summary>What comes out of an input.</summary>
    /// <param name="c">The layer and its options.</param>
    /// <param name="x">The input.</param>
    /// <param name="state">Parameters and buffers by their names.</param>
    /// <param name="training">Or evaluation.</param>
    /// <param name="batches">How many batches the layer has seen in training, with this one.</param>
    public static Tensor Output(this LayerCase c, Tensor x, Dictionary<string, Tensor> state, bool training, int batches)
    {
        Tensor? Known(string name) => state.GetValueOrDefault(name);
        var (mean, variance, weight, bias) = (Known("running_mean"), Known("running_var"), Known("weight"), Known("bias"));
        // What torch.nn.BatchNorm hands to the function: the share of the new batch.
        var share = training ? c.Momentum ?? 1.0 / batches : 0;
        Tensor BatchNorm(Tensor input, Tensor? gamma, Tensor? beta) =>
            nn.functional.batch_norm(input, mean!, variance!, gamma!, beta!, training || mean is null, share, c.Eps);

        switch (c.Layer)
        {
            case LiveLayer.Batch:
                return BatchNorm(x, weight, bias);
            case LiveLayer.Layer:
                return nn.functional.layer_norm(x, [.. c.NormalizedShape], weight, bias, c.Eps);
            case LiveLayer.Group:
                return nn.functional.group_norm(x, c.Groups, weight, bias, c.Eps);
            case LiveLayer.Instance:
                return nn.functional.instance_norm(x, null, null, weight, bias, use_input_stats: true, 0.1, c.Eps);
            case LiveLayer.TrackedInstance:
                return nn.functional.instance_norm(x, mean, variance, weight, bias, training, c.FixedMomentum, c.Eps);
            case LiveLayer.Rms:
                long[] dimensions = [.. Enumerable.Range(1, c.LastDimensions).Select(d => (long)-d)];
                var scaled = x / (x.square().mean(dimensions, keepdim: true) + c.Eps).sqrt();
                return weight is null ? scaled : scaled * weight;
            case LiveLayer.BatchRenorm:
                return Affine(c, x, BatchRenorm(c, x.view(c.Flat), mean!, state["running_std"], training), weight, bias);
            case LiveLayer.Attentive:
                var pooled = x.view(c.Flat).mean([2]);
                var attention = nn.functional.linear(pooled, state["attention.weight"], state["attention.bias"]).sigmoid();
                var (gamma, beta) = (attention.matmul(weight!).unsqueeze(2), attention.matmul(bias!).unsqueeze(2));
                return (gamma * BatchNorm(x.view(c.Flat), null, null) + beta).view(x.shape);
            case LiveLayer.Switchable:
                var mixed = SwitchableNorm(c, x.view(c.Flat), state, training);
                BatchNorm(x.detach(), null, null);      // for the running statistics alone
                return Affine(c, x, mixed, weight, bias);
            case LiveLayer.Stochastic:
                var noisy = StochasticBatchNorm(c, x.view(c.Flat), state);
                BatchNorm(x.detach(), null, null);
                return Affine(c, x, noisy, weight, bias);
            case LiveLayer.WeightNormLinear:
                var v = state["weight_v"];
                return nn.functional.linear(x, state["weight_g"] * v / v.square().sum([1], keepdim: true).sqrt(), bias!);
            case LiveLayer.DyT:
                return weight! * (state["alpha"] * x).tanh() + bias!;
            case LiveLayer.Linear:
                return nn.functional.linear(x, weight!, bias!);
            case LiveLayer.Relu:
                return nn.functional.relu(x);
            case LiveLayer.Sigmoid:
                return nn.functional.sigmoid(x);
            default:
                throw new ArgumentOutOfRangeException(nameof(c), c.Layer, "Expected a layer that there is a formula for.");
        }
    }

    static Tensor PerChannel(Tensor values) => values.view(1, -1, 1);

    static Tensor Affine(LayerCase c, Tensor x, Tensor flat, Tensor? weight, Tensor? bias) =>
        (weight is null || bias is null ? flat : flat * PerChannel(weight) + PerChannel(bias)).view(x.shape);

    // Algorithm 1 of the paper, r and d detached.
    static Tensor BatchRenorm(LayerCase c, Tensor x, Tensor runningMean, Tensor runningStd, bool training)
    {
        var (mu, sigma) = (PerChannel(runningMean.clone()), PerChannel(runningStd.clone()));
        if (!training)
            return (x - mu) / sigma;
        var muB = x.mean([0, 2], keepdim: true);
        var sigmaB = (x.var([0, 2], unbiased: false, keepdim: true) + c.Eps).sqrt();
        var r = Clip(sigmaB.detach() / sigma, 1 / c.RMax, c.RMax);
        var d = Clip((muB.detach() - mu) / sigma, -c.DMax, c.DMax);
        runningMean.copy_((mu + (muB.detach() - mu) * c.FixedMomentum).view(-1));
        runningStd.copy_((sigma + (sigmaB.detach() - sigma) * c.FixedMomentum).view(-1));
        return (x - muB) / sigmaB * r + d;
    }

    static Tensor Clip(Tensor values, double least, double most) =>
        values.max(full([1], least, float64)).min(full([1], most, float64));

    // Each kind's statistics from their definition, straight from the data: of an instance, a sample and the batch.
    static Tensor SwitchableNorm(LayerCase c, Tensor x, Dictionary<string, Tensor> state, bool training)
    {
        long[][] kinds = c.UseInstanceStatistics ? [[2], [1, 2], [0, 2]] : [[1, 2], [0, 2]];
        var means = kinds.Select(over => x.mean(over, keepdim: true)).ToArray();
        var variances = kinds.Select(over => x.var(over, unbiased: false, keepdim: true)).ToArray();
        if (!training)
            (means[^1], variances[^1]) = (PerChannel(state["running_mean"]), PerChannel(state["running_var"]));
        return (x - Mix(means, state["mean_weight"])) / (Mix(variances, state["var_weight"]) + c.Eps).sqrt();
    }

    static Tensor Mix(Tensor[] ofKinds, Tensor lambda)
    {
        var weights = nn.functional.softmax(lambda, 0);
        return ofKinds.Select((ofKind, k) => weights.select(0, k) * ofKind).Aggregate((a, b) => a + b);
    }

    // By the running statistics and the noise that our layer has just drawn.
    static Tensor StochasticBatchNorm(LayerCase c, Tensor x, Dictionary<string, Tensor> state)
    {
        var mean = state["running_mean"] + state["running_var"].sqrt() * state["mean noise"];
        var variance = state["running_var"] * state["variance noise"];
        return (x - PerChannel(mean)) / (PerChannel(variance) + c.Eps).sqrt();
    }
}
