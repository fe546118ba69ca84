using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Optimizers;

/// <summary>Stochastic gradient descent, v ← μv + g and θ ← θ − ηv, where the first v is g; without momentum v is always g.</summary>
sealed class SgdStep(IReadOnlyList<Parameter> parameters, double learningRate, double momentum, double weightDecay)
    : GradientStep(parameters, learningRate, weightDecay)
{
    readonly Scalar kept = momentum;
    readonly torch.Tensor?[] velocities = new torch.Tensor?[parameters.Count];

    protected override void Move(int i, Parameter parameter, torch.Tensor gradient)
    {
        using Scalar minusRate = -LearningRate;
        var v = gradient;
        if (momentum != 0)
            v = velocities[i] = velocities[i]?.mul_(kept).add_(gradient, Scalars.One) ?? gradient.clone().DetachFromDisposeScope();
        parameter.add_(v, minusRate);
    }

    public override void Dispose()
    {
        foreach (var v in velocities)
            v?.Dispose();
    }
}
