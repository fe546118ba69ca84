using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The optimizers that the course trains with.</summary>
    public static class optim
    {
        public static SGD SGD(
            IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        public static Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) => amsgrad
            ? throw new NotSupportedException("The stand-in for TorchSharp has no amsgrad.")
            : new(parameters, lr, beta1, beta2, eps, weight_decay, maximize);

        /// <summary>Changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            readonly Parameter[] all;

            private protected Optimizer(IEnumerable<Parameter> parameters) => all = [.. parameters];

            /// <summary>Fills the gradients with zeros, so that they stay allocated.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in all)
                    using (var grad = parameter.grad) grad?.zero_();
            }

            /// <summary>Moves every parameter that has a gradient by one step.</summary>
            public virtual Tensor step(Func<Tensor>? closure = null)
            {
                var loss = closure?.Invoke();
                using var scope = NewDisposeScope();
                using var quiet = no_grad();
                foreach (var parameter in all)
                    if (parameter.grad is { } grad) Update(parameter, grad);
                return loss!; // null without a closure, as in TorchSharp
            }

            private protected abstract void Update(Parameter parameter, Tensor gradient);

            /// <summary>What an optimizer remembers is freed with it by the garbage collector.</summary>
            public void Dispose() { }
        }
    }
}
