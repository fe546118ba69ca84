using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>One normalization of the residual stream, for (sequences, tokens, channels).</summary>
sealed class TokenNormalization
{
    const double Eps = 1e-5, Momentum = 0.1; // PyTorch's

    static readonly Scalar eps = Eps;

    readonly TokenNorm kind;
    readonly long width;
    readonly Parameter? gain, shift, alpha;

    public TokenNormalization(TokenNorm kind, long width, double alpha, Func<torch.Tensor, Parameter> learn)
    {
        (this.kind, this.width) = (kind, width);
        gain = learn(torch.ones(width));
        if (kind != TokenNorm.Rms)
            shift = learn(torch.zeros(width));
        using Scalar start = (float)alpha; // held through the call, as all numbers that go to libtorch
        if (kind is TokenNorm.DyT or TokenNorm.Scale)
            this.alpha = learn(torch.full([1], start));
        if (kind == TokenNorm.Batch)
            Running = (torch.zeros(width).DetachFromDisposeScope(), torch.ones(width).DetachFromDisposeScope());
    }

    /// <summary>Mean and variance that a batch norm uses in evaluation; null for the others, which have no memory.</summary>
    public (torch.Tensor Mean, torch.Tensor Variance)? Running { get; }

    /// <param name="x">(sequences, tokens, channels).</param>
    /// <param name="mode">What a batch norm normalizes by; the others do the same in each.</param>
    public torch.Tensor Forward(torch.Tensor x, NormMode mode) => kind switch
    {
        TokenNorm.Layer => torch.nn.functional.layer_norm(x, [width], gain, shift, Eps),
        TokenNorm.Rms => x * x.Squared().mean([-1], keepdim: true).add(eps, Scalars.One).rsqrt() * gain!,
        TokenNorm.DyT => ((x * alpha!).tanh() * gain!).Plus(shift!),
        TokenNorm.Scale => (x * alpha! * gain!).Plus(shift!),
        TokenNorm.Batch => OverBatch(x, mode),
        _ => throw new InvalidOperationException($"Expected a normalization, but it is {kind}."),
    };

    torch.Tensor OverBatch(torch.Tensor x, NormMode mode)
    {
        var (mean, variance) = mode == NormMode.BatchUnrecorded ? (null, null) : ((torch.Tensor?, torch.Tensor?))Running!.Value;
        return torch.nn.functional.batch_norm(x.reshape(-1, width), mean, variance, gain, shift, mode != NormMode.Running, Momentum, Eps).reshape(x.shape);
    }
}

/// <summary>What batch norms normalize by.</summary>
enum NormMode
{
    /// <summary>The batch's statistics, which also move the running ones: training.</summary>
    Batch,

    /// <summary>The batch's statistics, and nothing is kept.</summary>
    BatchUnrecorded,

    /// <summary>The running statistics: evaluation.</summary>
    Running,
}
