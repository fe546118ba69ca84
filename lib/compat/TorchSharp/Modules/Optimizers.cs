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

/// <summary>Adam (Kingma and Ba 2015), composed of libtorch's operators.</summary>
public class Adam : optim.Optimizer
{
    readonly double lr, beta1, beta2, eps, weight_decay;
    readonly bool maximize;
    readonly Dictionary<Parameter, (Tensor Mean, Tensor Square, int Steps)> moments = new(ReferenceEqualityComparer.Instance);

    internal Adam(
        IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay, bool maximize)
        : base(parameters)
    {
        (this.lr, this.beta1, this.beta2) = (lr, beta1, beta2);
        (this.eps, this.weight_decay, this.maximize) = (eps, weight_decay, maximize);
    }

    private protected override void Update(Parameter parameter, Tensor grad)
    {
        if (maximize) grad = -grad;
        if (weight_decay != 0) grad = grad + parameter * weight_decay;
        var (mean, square, steps) = moments.TryGetValue(parameter, out var known) ? known : (
            (grad * 0).DetachFromDisposeScope(), (grad * 0).DetachFromDisposeScope(), 0);
        moments[parameter] = (mean.mul_(beta1).add_(grad, 1 - beta1), square.mul_(beta2).addcmul_(grad, grad, 1 - beta2), ++steps);
        var root = (square.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, steps))).add_(eps);
        parameter.addcdiv_(mean, root, -lr / (1 - Math.Pow(beta1, steps)));
    }
}
