using TorchSharp;
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
    /// <summary>TorchSharp's optimizer for these parameters.</summary>
    public static torch.optim.Optimizer For(this Optimizer optimizer, IEnumerable<Parameter> parameters, double lr, double weightDecay) =>
        optimizer switch
        {
            Optimizer.Sgd => torch.optim.SGD(parameters, lr, weight_decay: weightDecay),
            Optimizer.SgdWithMomentum => torch.optim.SGD(parameters, lr, momentum: 0.9, weight_decay: weightDecay),
            Optimizer.Adam => torch.optim.Adam(parameters, lr, weight_decay: weightDecay),
            _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "Expected one of the optimizers of the enumeration."),
        };
}
