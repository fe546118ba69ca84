using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// y = (x − μ)·a + b for elements in their own precision. μ and a come in two parts, the nearest element and what that leaves: nothing
/// of x − μ is lost where μ is large beside it, and the rounding of a does not show in y.
/// </summary>
/// <param name="Mean">The element nearest to μ.</param>
/// <param name="Rest">μ less that.</param>
/// <param name="Scale">a = γ/√(σ² + ε).</param>
/// <param name="ScaleRest">a less the element nearest to it.</param>
/// <param name="Shift">b = β.</param>
internal readonly record struct Affine<T>(T Mean, T Rest, T Scale, T ScaleRest, T Shift) where T : unmanaged, IFloatingPointIeee754<T>
{
    public static Affine<T> Of(double mean, double scale, double shift)
    {
        var (near, rest) = InTwo(mean);
        var (nearScale, scaleRest) = InTwo(scale);
        return new(near, rest, nearScale, scaleRest, T.CreateTruncating(shift));
    }

    private static (T Near, T Left) InTwo(double value)
    {
        var near = T.CreateTruncating(value);
        var rest = value - double.CreateTruncating(near);
        return (near, T.CreateTruncating(double.IsFinite(rest) ? rest : 0));
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
