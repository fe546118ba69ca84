using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>
/// Holds the gradients of any layer against central differences, in double: for a loss ℓ = Σ r·y with fixed random r,
/// ∂ℓ/∂v ≈ (ℓ(v + h) − ℓ(v − h))/2h for each element v of the input and of every parameter.
/// </summary>
internal static class GradientCheck
{
    // The difference quotient is off by h²·ℓ‴/6 ≈ 1e-10 and by rounding, 1e-16·|ℓ|/h ≈ 1e-10 for losses of size 100.
    const double Step = 1e-5;
    const double Tolerance = 1e-6;

    public static void Passes(Layer<double> layer, Tensor<double> original)
    {
        var elements = original.ToArray();
        var input = Tensor.Create(elements, original.Lengths);      // shares the elements' memory
        var output = layer.Forward(input);
        var weights = Data.Normal<double>(seed: 12345, output.Lengths);
        layer.ZeroGrad();
        var gradInput = layer.Backward(weights);

        Compare("input", elements, gradInput.ToArray());
        foreach (var parameter in layer.Parameters)
            Compare(parameter.Name, parameter.Values, parameter.Gradients.ToArray());

        void Compare(string name, Span<double> values, double[] byHand)
        {
            var (error, size) = (0.0, 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i];
                values[i] = value + Step;
                var above = Loss();
                values[i] = value - Step;
                var below = Loss();
                values[i] = value;
                var numeric = (above - below) / (2 * Step);
                error += (numeric - byHand[i]) * (numeric - byHand[i]);
                size += numeric * numeric;
            }
            // Relative to the gradient as a whole; where that is zero (one can't move the loss), to 1.
            var relative = Math.Sqrt(error) / Math.Max(Math.Sqrt(size), 1e-3);
            Assert.True(relative <= Tolerance, $"∂ℓ/∂{name}: relative error {relative:g3}, allowed is {Tolerance:g3}.");
        }

        double Loss() => TensorPrimitives.Dot<double>(layer.Forward(input).ToArray(), weights.ToArray());
    }
}
