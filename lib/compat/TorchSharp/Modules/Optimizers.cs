using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: the parameters with what is remembered of each, and one learning rate.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private protected OptimizerHelper(IEnumerable<Parameter> parameters, double lr) : base(parameters, lr) { }

    private protected static Tensor WithDecay(Tensor grad, Parameter parameter, double weight_decay) =>
        weight_decay == 0 ? grad : grad.add(parameter * weight_decay);
}

/// <summary>Stochastic gradient descent, composed of libtorch's operators.</summary>
public class SGD : OptimizerHelper
{
    readonly double dampening, weight_decay;
    readonly bool nesterov, maximize;
    readonly Dictionary<Parameter, Tensor> velocities = new(ReferenceEqualityComparer.Instance);

    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false) : base(parameters, lr) =>
        (Momentum, this.dampening, this.weight_decay, this.nesterov, this.maximize) = (momentum, dampening, weight_decay, nesterov, maximize);

    public double Momentum { get; set; }

    private protected override void Update(Parameter parameter, Tensor gradient)
    {
        var grad = WithDecay(gradient, parameter, weight_decay);
        if (Momentum != 0)
        {
            if (velocities.TryGetValue(parameter, out var velocity)) velocity.mul_(Momentum).add_(grad, 1 - dampening);
            else velocities[parameter] = velocity = grad.clone().DetachFromDisposeScope();
            grad = nesterov ? grad.add(velocity * Momentum) : velocity;
        }
        parameter.add_(grad, maximize ? LearningRate : -LearningRate);
    }
}

/// <summary>Adam, composed of libtorch's operators.</summary>
public class Adam : OptimizerHelper
{
    readonly double beta1, beta2, eps, weight_decay;
    readonly bool maximize;
    readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

    public Adam(
        IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false) : base(parameters, lr)
    {
        if (amsgrad) throw new NotSupportedException("The stand-in for TorchSharp has no AMSGrad.");
        (this.beta1, this.beta2, this.eps, this.weight_decay, this.maximize) = (beta1, beta2, eps, weight_decay, maximize);
    }

    private protected override void Update(Parameter parameter, Tensor gradient)
    {
        var grad = WithDecay(gradient, parameter, weight_decay);
        if (!states.TryGetValue(parameter, out var state))
            states[parameter] = state = new(zeros_like(parameter).DetachFromDisposeScope(), zeros_like(parameter).DetachFromDisposeScope());
        state.Steps++;
        state.Mean.mul_(beta1).add_(grad, 1 - beta1);
        state.Square.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        // Both averages start at zero; their first steps are scaled up for it.
        var denominator = (state.Square.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, state.Steps))).add_(eps);
        parameter.addcdiv_(state.Mean, denominator, -LearningRate / (1 - Math.Pow(beta1, state.Steps)));
    }

    sealed record State(Tensor Mean, Tensor Square)
    {
        internal int Steps { get; set; }
    }
}
