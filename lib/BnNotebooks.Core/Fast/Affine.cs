using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// y = (x − μ)·a + b for elements in their own precision. μ comes in two parts, the nearest element and what that leaves, so that
/// nothing of x − μ is lost where μ is large beside it.
/// </summary>
/// <param name="Mean">The element nearest to μ.</param>
/// <param name="Rest">μ less that.</param>
/// <param name="Scale">a = γ/√(σ² + ε).</param>
/// <param name="Shift">b = β.</param>
internal readonly record struct Affine<T>(T Mean, T Rest, T Scale, T Shift) where T : unmanaged, IFloatingPointIeee754<T>
{
    public static Affine<T> Of(double mean, double scale, double shift)
    {
        var near = T.CreateTruncating(mean);
        var rest = mean - double.CreateTruncating(near);
        return new(near, T.CreateTruncating(double.IsFinite(rest) ? rest : 0), T.CreateTruncating(scale), T.CreateTruncating(shift));
    }
}

/// <summary>dx = a·dy − p − (x − μ)·q, where p and q are what goes through the mean and the variance.</summary>
/// <param name="ThroughMean">p.</param>
/// <param name="ThroughVariance">q.</param>
internal readonly record struct Through<T>(T ThroughMean, T ThroughVariance) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether μ and σ² are constants: then x does not matter, not even if it is NaN.</summary>
    public bool Nothing => ThroughMean == T.Zero && ThroughVariance == T.Zero;
}
