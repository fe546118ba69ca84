using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Optimizers;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with PyTorch's β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.</summary>
sealed class AdamStep(IReadOnlyList<Parameter> parameters, double learningRate, double weightDecay) : GradientStep(parameters, learningRate, weightDecay)
{
    const double Beta1 = 0.9, Beta2 = 0.999;

    readonly Scalar beta1 = Beta1, rest1 = 1 - Beta1, beta2 = Beta2, rest2 = 1 - Beta2, eps = 1e-8;
    readonly torch.Tensor[] means = Zeros(parameters), squares = Zeros(parameters);
    int step;

    protected override void Begin() => step++;

    protected override void Move(int i, Parameter parameter, torch.Tensor gradient)
    {
        // m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)g²: both start at 0 and are too small at first, by 1 − βᵗ.
        means[i].mul_(beta1).add_(gradient, rest1);
        squares[i].mul_(beta2).addcmul_(gradient, gradient, rest2);
        using Scalar shortfall = Math.Sqrt(1 - Math.Pow(Beta2, step)), minusRate = -(LearningRate / (1 - Math.Pow(Beta1, step)));
        var deviation = squares[i].sqrt().div(shortfall).add_(eps, Scalars.One);
        parameter.addcdiv_(means[i], deviation, minusRate); // θ ← θ − η m̂ / (√v̂ + ε)
    }

    public override void Dispose()
    {
        foreach (var tensor in means.Concat(squares))
            tensor.Dispose();
    }

    static torch.Tensor[] Zeros(IEnumerable<Parameter> like) =>
        [.. like.Select(parameter => torch.zeros_like(parameter).DetachFromDisposeScope())];
}
