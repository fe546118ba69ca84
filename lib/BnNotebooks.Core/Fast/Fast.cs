using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Every normalization at the speed of memory: in vectors, on several threads, block by block. After the first call with a shape it
/// allocates nothing, and several threads may call it at once. Of each direction there are two passes, for sets that go across samples
/// and for sets within one.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="V">The width of the vectors.</typeparam>
internal sealed unsafe class Fast<T, V> : NormArithmetic<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    // What is left to the careful one: the two halves of a backward pass within samples, which only a batch that is spread over replicas
    // takes apart; and everything without an ε, where a σ as small as 10⁻⁴⁰ counts, whose inverse a float cannot hold.
    private static readonly Careful<T> Careful = new();

    private static bool TooSmall(double eps) => typeof(T) == typeof(float) && eps < 1e-20;

    public override void Measure(ReadOnlySpan<T> x, NormShape shape, NormStatistics by) =>
        Forward<Nothing>(x, shape, by, measures: true, eps: 0, [], [], [], []);

    public override void Normalize(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        if (TooSmall(eps))
            Careful.Normalize(x, shape, by, eps, weight, bias, y);
        else
            Forward<Nothing>(x, shape, by, measures: false, eps, weight, bias, [], y);
    }

    public override void Forward(
        ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        if (TooSmall(eps))
            Careful.Forward(x, shape, by, eps, weight, bias, y);
        else
            Forward<Nothing>(x, shape, by, measures: true, eps, weight, bias, [], y);
    }

    public override void ForwardReLU(ReadOnlySpan<T> x, ReadOnlySpan<T> residual, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
    {
        if (TooSmall(eps))
            Careful.ForwardReLU(x, residual, shape, by, eps, weight, bias, y);
        else if (residual.IsEmpty)
            Forward<ThenReLU>(x, shape, by, measures: true, eps, weight, bias, [], y);
        else
            Forward<ThenAddReLU>(x, shape, by, measures: true, eps, weight, bias, residual, y);
    }

    public override void GradientSums(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums)
    {
        if (shape.Across && !TooSmall(eps))
            BackwardAcross<Nothing>(dy, x, shape, by, eps, weight, [], [], sums, measures: true, shape.M, [], []);
        else
            Careful.GradientSums(dy, x, shape, by, eps, weight, sums);
    }

    public override void InputGradient(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, long m, Span<T> dx)
    {
        if (shape.Across && !TooSmall(eps))
            BackwardAcross<Nothing>(dy, x, shape, by, eps, weight, [], [], sums, measures: false, m, dx, []);
        else
            Careful.InputGradient(dy, x, shape, by, eps, weight, sums, m, dx);
    }

    public override void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, Span<T> dx)
    {
        if (TooSmall(eps))
            Careful.Backward(dy, x, shape, by, eps, weight, sums, dx);
        else if (shape.Across)
            BackwardAcross<Nothing>(dy, x, shape, by, eps, weight, [], [], sums, measures: true, shape.M, dx, []);
        else
            BackwardWithin(dy, x, shape, by, eps, weight, sums, dx);
    }

    public override void BackwardReLU(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> y, NormShape shape, NormStatistics by,
        double eps, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, NormGradients sums, Span<T> dx, Span<T> dResidual)
    {
        if (TooSmall(eps))
            Careful.BackwardReLU(dy, x, y, shape, by, eps, weight, bias, sums, dx, dResidual);
        else if (y.IsEmpty)
            BackwardAcross<ThenReLU>(dy, x, shape, by, eps, weight, bias, [], sums, measures: true, shape.M, dx, []);
        else
            BackwardAcross<ThenAddReLU>(dy, x, shape, by, eps, weight, bias, y, sums, measures: true, shape.M, dx, dResidual);
    }

    private static void Forward<TAfterwards>(ReadOnlySpan<T> x, NormShape shape, NormStatistics by, bool measures, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, ReadOnlySpan<T> more, Span<T> y) where TAfterwards : IAfterwards
    {
        fixed (T* input = x, output = y, gamma = weight, beta = bias, second = more)
        fixed (double* mean = by.Mean, variance = by.Variance)
        {
            if (shape.Across)
            {
                var pass = AcrossForward<T, V, TAfterwards>.Own;
                pass.Shape = shape;
                pass.Measures = measures && by.MeanOfInput;
                pass.Applies = output is not null;
                pass.Eps = eps;
                pass.X = input;
                pass.Y = output;
                pass.More = second;
                pass.Weight = gamma;
                pass.Bias = beta;
                pass.Mean = mean;
                pass.Variance = variance;
                pass.Execute();
            }
            else
            {
                var pass = WithinForward<T, V>.Own;
                pass.Shape = shape;
                pass.Eps = eps;
                pass.MeanOfInput = measures && by.MeanOfInput;
                pass.VarianceOfInput = measures && by.VarianceOfInput;
                pass.X = input;
                pass.Y = output;
                pass.Weight = gamma;
                pass.Bias = beta;
                pass.Mean = mean;
                pass.Variance = variance;
                pass.Execute();
            }
        }
    }

    private static void BackwardAcross<TAfterwards>(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, ReadOnlySpan<T> y, NormGradients sums, bool measures, long m, Span<T> dx, Span<T> dMore)
        where TAfterwards : IAfterwards
    {
        fixed (T* gradient = dy, input = x, result = dx, gamma = weight, beta = bias, output = y, ofMore = dMore)
        fixed (double* mean = by.Mean, variance = by.Variance)
        fixed (double* ofGamma = sums.Gamma, ofBeta = sums.Beta, sum = sums.Sum, projection = sums.Projection)
        {
            var pass = AcrossBackward<T, V, TAfterwards>.Own;
            pass.Shape = shape;
            pass.Measures = measures;
            pass.Applies = result is not null;
            pass.Eps = eps;
            pass.M = m;
            pass.ConstantMean = !by.MeanOfInput;
            pass.ConstantVariance = !by.VarianceOfInput;
            pass.Dy = gradient;
            pass.X = input;
            pass.Dx = result;
            pass.More = output;
            pass.DMore = ofMore;
            pass.Weight = gamma;
            pass.Bias = beta;
            pass.Mean = mean;
            pass.Variance = variance;
            pass.DGamma = ofGamma;
            pass.DBeta = ofBeta;
            pass.Sum = sum;
            pass.Projection = projection;
            pass.Execute();
        }
    }

    private static void BackwardWithin(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, NormShape shape, NormStatistics by, double eps,
        ReadOnlySpan<T> weight, NormGradients sums, Span<T> dx)
    {
        fixed (T* gradient = dy, input = x, result = dx, gamma = weight)
        fixed (double* mean = by.Mean, variance = by.Variance)
        fixed (double* ofGamma = sums.Gamma, ofBeta = sums.Beta, sum = sums.Sum, projection = sums.Projection)
        {
            var pass = WithinBackward<T, V>.Own;
            pass.Shape = shape;
            pass.Eps = eps;
            pass.MeanOfInput = by.MeanOfInput;
            pass.VarianceOfInput = by.VarianceOfInput;
            pass.Dy = gradient;
            pass.X = input;
            pass.Dx = result;
            pass.Weight = gamma;
            pass.Mean = mean;
            pass.Variance = variance;
            pass.DGamma = ofGamma;
            pass.DBeta = ofBeta;
            pass.Sum = sum;
            pass.Projection = projection;
            pass.Execute();
        }
    }
}
