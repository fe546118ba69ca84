using BnNotebooks.Experiments;
using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks;

/// <summary>
/// TorchSharp's batch norm, for (N, C) and (N, C, H, W), with the same numbers: only its forward pass counts the batches with a
/// Scalar that is held (see <see cref="Scalars"/>).
/// </summary>
sealed class SteadyBatchNorm : BatchNorm
{
    /// <summary>Makes the layer.</summary>
    /// <param name="features">C.</param>
    /// <param name="eps">ε.</param>
    /// <param name="momentum">The share of a new batch in the running statistics, or null for their plain average.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    public SteadyBatchNorm(long features, double eps = 1e-5, double? momentum = 0.1, bool affine = true)
        : base(features, eps, momentum ?? 0, affine, track_running_stats: true, device: null, dtype: null, nameof(BatchNorm)) =>
        this.momentum = momentum;

    float? companions;

    /// <summary>From now on, evaluation gives what training does on average with this many companions; see <see cref="InUse.Expected"/>.</summary>
    public void ExpectCompanions(int count) => companions = count;

    public override torch.Tensor forward(torch.Tensor x)
    {
        if (!training && companions is { } others)
        {
            var z = torch.nn.functional.batch_norm(x, running_mean, running_var, null, null, false, 0, eps);
            torch.Tensor rest = torch.tensor(others), y = z * rest.sqrt() / z.Squared().Plus(rest).sqrt();
            return weight is null ? y : (y * weight).Plus(bias!);
        }
        if (training)
            num_batches_tracked!.add_(Scalars.One, Scalars.One);
        var share = momentum ?? (training ? 1.0 / num_batches_tracked!.item<long>() : 0);
        return torch.nn.functional.batch_norm(x, running_mean, running_var, weight, bias, training, share, eps);
    }

    protected override void ValidateInputDimensions(torch.Tensor input)
    {
        // The network that it is part of gives it what it takes.
    }
}
