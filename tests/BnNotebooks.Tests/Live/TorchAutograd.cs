using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

/// <summary>Any formula of torch operators and the gradients that libtorch's autograd finds, in double, arrays in and arrays out.</summary>
internal static class TorchAutograd
{
    /// <summary>
    /// Computes y from x and, unless they are null, γ and β of one shape; then the gradients of ℓ = Σ gradOutput·y.
    /// </summary>
    public static (double[] Output, double[] GradInput, double[]? GradWeight, double[]? GradBias) Run(
        double[] input, long[] shape, double[] gradOutput, double[]? weight, double[]? bias, long[] parameterShape,
        Func<Tensor, Tensor?, Tensor?, Tensor> formula)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        var x = tensor(input, shape, requires_grad: true);
        var gamma = weight is null ? null : tensor(weight, parameterShape, requires_grad: true);
        var beta = bias is null ? null : tensor(bias, parameterShape, requires_grad: true);

        var y = formula(x, gamma, beta);
        y.backward([tensor(gradOutput, shape)]);

        return (Values(y), Values(x.grad!), gamma is null ? null : Values(gamma.grad!), beta is null ? null : Values(beta.grad!));
    }

    public static double[] Values(Tensor tensor) => tensor.data<double>().ToArray();
}
