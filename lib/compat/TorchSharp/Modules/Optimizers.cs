using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, composed of libtorch's operators.</summary>
public class SGD : optim.Optimizer
{
    readonly double lr, momentum, dampening, weight_decay;
    readonly bool nesterov, maximize;
    readonly Dictionary<Parameter, Tensor> velocities = new(ReferenceEqualityComparer.Instance);

    internal SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum, double dampening, double weight_decay, bool nesterov,
        bool maximize) : base(parameters)
    {
        (this.lr, this.momentum, this.dampening, this.weight_decay) = (lr, momentum, dampening, weight_decay);
        (this.nesterov, this.maximize) = (nesterov, maximize);
    }

    private protected override void Update(Parameter parameter, Tensor grad)
    {
        if (weight_decay != 0) grad = grad + parameter * weight_decay;
        if (momentum != 0)
        {
            if (velocities.TryGetValue(parameter, out var velocity)) velocity.mul_(momentum).add_(grad, 1 - dampening);
            else velocities[parameter] = velocity = grad.clone().DetachFromDisposeScope();
            grad = nesterov ? grad + velocity * momentum : velocity;
        }
        // Unlike PyTorch, and as TorchSharp does: weight decay turns round with the search.
        parameter.add_(grad, maximize ? lr : -lr);
    }
}
