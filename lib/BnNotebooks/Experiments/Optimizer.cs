using BnNotebooks.Experiments.Optimizers;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments;

/// <summary>How the parameters follow their gradients.</summary>
public enum Optimizer
{
    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent with a momentum of 0.9.</summary>
    SgdWithMomentum,

    /// <summary>Adam with PyTorch's β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸ (Kingma and Ba 2015).</summary>
    Adam,
}

static class OptimizerExtensions
{
    /// <summary>The steps of this optimizer for these parameters.</summary>
    public static GradientStep For(this Optimizer optimizer, IReadOnlyList<Parameter> parameters, double learningRate, double weightDecay) =>
        optimizer switch
        {
            Optimizer.Sgd => new SgdStep(parameters, learningRate, momentum: 0, weightDecay),
            Optimizer.SgdWithMomentum => new SgdStep(parameters, learningRate, momentum: 0.9, weightDecay),
            Optimizer.Adam => new AdamStep(parameters, learningRate, weightDecay),
            _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "Expected one of the optimizers of the enumeration."),
        };
}
