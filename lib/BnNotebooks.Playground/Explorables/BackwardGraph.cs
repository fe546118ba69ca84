using System.Numerics.Tensors;
using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>Batch norm of one feature of a few samples, forwards and backwards, every number on the way.</summary>
static partial class BackwardGraph
{
    const double Eps = 1e-5;

    /// <summary>
    /// All numbers, for the loss ½ Σ (y − t)². Where they come one a sample, they are in the samples' order.
    /// </summary>
    /// <param name="x">The inputs, at least two.</param>
    /// <param name="t">The targets, as many.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="beta">β.</param>
    /// <returns>
    /// μ, σ², ℓ, ∂ℓ/∂γ, ∂ℓ/∂β, ∂ℓ/∂σ², ∂ℓ/∂μ; then for each sample x̂, y, ∂ℓ/∂y, ∂ℓ/∂x̂, the three ways of x to the loss (directly,
    /// through σ², through μ), and ∂ℓ/∂x as the library's layer finds it.
    /// </returns>
    [JSExport]
    public static double[] Follow(double[] x, double[] t, double gamma, double beta)
    {
        var m = x.Length;
        var mu = x.Average();
        var variance = x.Average(v => (v - mu) * (v - mu));
        var sigma = Math.Sqrt(variance + Eps);

        var layer = new BatchNorm1d<double>(1, Eps);
        (layer.Weight!.Values[0], layer.Bias!.Values[0]) = (gamma, beta);
        double[] y = [.. layer.Forward(Tensor.Create(x, [m, 1]))];
        double[] dy = [.. y.Zip(t, (a, b) => a - b)];
        double[] dx = [.. layer.Backward(Tensor.Create(dy, [m, 1]))];

        double[] xHat = [.. x.Select(v => (v - mu) / sigma)];
        double[] dHat = [.. dy.Select(d => gamma * d)];
        var dVariance = dHat.Zip(x, (d, v) => d * (v - mu)).Sum() * -0.5 * Math.Pow(sigma, -3);
        var dMu = -dHat.Sum() / sigma;
        var loss = dy.Sum(d => d * d) / 2;
        return
        [
            mu, variance, loss, dy.Zip(xHat, (d, h) => d * h).Sum(), dy.Sum(), dVariance, dMu,
            .. xHat, .. y, .. dy, .. dHat,
            .. dHat.Select(d => d / sigma), .. x.Select(v => dVariance * 2 * (v - mu) / m), .. x.Select(_ => dMu / m), .. dx,
        ];
    }
}
