using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

public class BatchNormMethodTests
{
    public static TheoryData<int, int, int, bool> Cases => new()
    {
        { 5, 3, 1, true }, { 5, 3, 1, false }, { 2, 4, 9, true }, { 3, 1, 100, false }, { 64, 2, 3, true },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Three_ways_of_computing_give_the_same(int n, int c, int l, bool training)
    {
        var x = Data.Normal<double>(seed: n, [n, c, l], mean: -4, std: 2);
        var gradient = Data.Normal<double>(seed: c, [n, c, l]);
        var (careful, carefulOutput, carefulGradient) = Run(BatchNormMethod.Careful, x, gradient, training);

        foreach (var method in new[] { BatchNormMethod.ByFormula, BatchNormMethod.Fast })
        {
            var (layer, output, gradInput) = Run(method, x, gradient, training);

            // Double: the three differ by the rounding of sums of up to 300 values of size 10.
            Close.Assert(carefulOutput, output, 1e-12, $"{method} output");
            Close.Assert(carefulGradient, gradInput, 1e-12, $"{method} gradInput");
            Close.Assert(careful.Weight!.Grad, layer.Weight!.Grad, 1e-12, $"{method} weight.grad");
            Close.Assert(careful.Bias!.Grad, layer.Bias!.Grad, 1e-12, $"{method} bias.grad");
            Close.Assert(careful.RunningMean!, layer.RunningMean!, 1e-12, $"{method} running_mean");
            Close.Assert(careful.RunningVar!, layer.RunningVar!, 1e-12, $"{method} running_var");
        }
    }

    [Fact]
    public void The_fast_way_is_the_default() => Assert.Equal(BatchNormMethod.Fast, new BatchNorm1d(1).Method);

    private static (BatchNorm1d<double> Layer, Tensor<double> Output, Tensor<double> GradInput) Run(
        BatchNormMethod method, Tensor<double> x, Tensor<double> gradient, bool training)
    {
        var layer = new BatchNorm1d<double>((int)x.Lengths[1]) { Method = method };
        layer.Weight!.Values.Fill(1.5);
        layer.Bias!.Values.Fill(0.25);
        layer.Train(training);
        return (layer, layer.Forward(x), layer.Backward(gradient));
    }
}
