using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Optimizers;

/// <summary>
/// A step of an optimizer, by the operations of TorchSharp's own in their order: the numbers are the same to the last bit. Only
/// the Scalars are held through the calls (see <see cref="Scalars"/>).
/// </summary>
/// <param name="parameters">What is learned.</param>
/// <param name="learningRate">η.</param>
/// <param name="weightDecay">λ.</param>
abstract class GradientStep(IReadOnlyList<Parameter> parameters, double learningRate, double weightDecay) : IDisposable
{
    readonly Scalar decay = weightDecay;

    /// <summary>η of the steps to come.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>Sets all gradients to 0.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Moves the parameters that have a gradient.</summary>
    public void Apply()
    {
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Begin();
        for (var i = 0; i < parameters.Count; i++)
            if (parameters[i].grad is { } gradient)
                Move(i, parameters[i], weightDecay == 0 ? gradient : gradient.add(parameters[i], decay));
    }

    /// <summary>Frees the native memory.</summary>
    public abstract void Dispose();

    /// <summary>Comes before the first parameter of each step.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Moves one parameter.</summary>
    /// <param name="i">Its number.</param>
    /// <param name="parameter">What to change in place.</param>
    /// <param name="gradient">∂ℓ/∂θ + λθ.</param>
    protected abstract void Move(int i, Parameter parameter, torch.Tensor gradient);
}
