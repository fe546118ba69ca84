using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments;

/// <summary>
/// The step of plain gradient descent, θ ← θ − η·∂ℓ/∂θ, by the same operation as in <c>torch.optim.SGD</c>.
/// </summary>
/// <remarks>
/// TorchSharp's own makes a new Scalar of η for every parameter and step. With several runs side by side, libtorch 2.10 was seen
/// to read such a scalar after its memory had been freed ("argument alpha must not be a floating point number"): nothing keeps
/// it from the garbage collector during the call. This one outlives all calls.
/// </remarks>
/// <param name="learningRate">η.</param>
sealed class GradientStep(double learningRate) : IDisposable
{
    readonly Scalar minusRate = -learningRate;

    /// <summary>Moves the parameters against their gradients.</summary>
    public void Apply(IEnumerable<Parameter> parameters)
    {
        using var quiet = torch.no_grad();
        foreach (var parameter in parameters)
            if (parameter.grad is { } gradient)
                Move(parameter, gradient);
    }

    /// <summary>Moves one tensor against a gradient.</summary>
    public void Move(torch.Tensor parameter, torch.Tensor gradient) => parameter.add_(gradient, minusRate);

    /// <summary>Frees the native memory.</summary>
    public void Dispose() => minusRate.Dispose();
}
