using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>Stochastic gradient descent (Robbins &amp; Monro 1951) with momentum (Polyak 1964), as <c>torch.optim.SGD</c>.</summary>
/// <remarks>
/// Per step and parameter p with gradient ∂ℓ/∂p, with learning rate η, momentum μ and weight decay λ:
/// <code>
/// g = ∂ℓ/∂p + λ·p        v = μ·v + g        p = p − η·v
/// </code>
/// The velocity v starts at zero; without momentum there is none. As in PyTorch, η stands outside of it: a new learning rate
/// takes effect at once. What is 0, a momentum or a weight decay, is left out of the formula: 0·∞ would be NaN.
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class Sgd<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly (Parameter<T> Parameter, T[] Velocity)[] state;

    /// <summary>Makes an optimizer for some parameters, with velocities of zero.</summary>
    /// <param name="parameters">What to optimize, for example a network's <see cref="Layer{T}.Parameters"/>.</param>
    /// <param name="lr">η, the learning rate; not negative.</param>
    /// <param name="momentum">μ, the share of the velocity that a step keeps, from 0 to 1.</param>
    /// <param name="weightDecay">λ, how strongly parameters are drawn to zero; not negative.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one is there twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of what is said above, or not a number.</exception>
    public Sgd(IEnumerable<Parameter<T>> parameters, double lr, double momentum = 0, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        state = [.. parameters.Select(parameter => (parameter, new T[momentum > 0 ? parameter.Values.Length : 0]))];
        if (state.Length == 0)
            throw new ArgumentException("Expected at least one parameter to optimize, but there is none.", nameof(parameters));

        // By their memory, because a network calls its layers' parameters by other names.
        var memory = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (parameter, _) in state)
            if (!memory.Add(parameter.Value))
                throw new ArgumentException(
                    $"Expected every parameter once, but '{parameter.Name}' is there again: it would move twice a step.", nameof(parameters));

        Lr = lr;
        Momentum = momentum is >= 0 and <= 1 ? momentum : throw new ArgumentOutOfRangeException(
            nameof(momentum), momentum, "Expected the share of the velocity that a step keeps, from 0 to 1, such as 0.9.");
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>η, the learning rate; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public double Lr
    {
        get;
        set => field = NotNegative(value, "lr");
    }

    /// <summary>μ, the share of the velocity that a step keeps.</summary>
    public double Momentum { get; }

    /// <summary>λ, how strongly parameters are drawn to zero.</summary>
    public double WeightDecay { get; }

    /// <summary>Moves every parameter by one step along its gradient, which stays as it is.</summary>
    public void Step()
    {
        var (eta, mu, lambda) = (T.CreateTruncating(Lr), T.CreateTruncating(Momentum), T.CreateTruncating(WeightDecay));
        foreach (var (parameter, v) in state)
        {
            var p = parameter.Values;
            var gradient = parameter.Gradients;
            for (var i = 0; i < p.Length; i++)
            {
                var g = WeightDecay > 0 ? gradient[i] + lambda * p[i] : gradient[i];
                if (v.Length > 0)
                    g = v[i] = mu * v[i] + g;
                p[i] -= eta * g;
            }
        }
    }

    /// <summary>Sets the gradients of all parameters to zero, which belongs before each backward pass.</summary>
    public void ZeroGrad()
    {
        foreach (var (parameter, _) in state)
            parameter.ZeroGrad();
    }

    private static double NotNegative(double value, string parameter) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, "Expected a finite number that is not negative.");
}

/// <summary><see cref="Sgd{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class Sgd(IEnumerable<Parameter<float>> parameters, double lr, double momentum = 0, double weightDecay = 0)
    : Sgd<float>(parameters, lr, momentum, weightDecay);
