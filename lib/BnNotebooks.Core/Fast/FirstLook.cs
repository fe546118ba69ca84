using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>
/// k, a value near those of a set: sums of x − k keep their digits where those of x would not, and σ² = E[(x − k)²] − E[x − k]² needs
/// one pass over the data. It is the mean of a few values, from all over the set, because the first ones may be unlike the rest.
/// </summary>
internal static class FirstLook
{
    /// <summary>How many values are looked at, at most.</summary>
    public const int Values = 16;

    /// <summary>
    /// Whether k was too far from μ. E[(x − k)²] is larger than the variance by (k − μ)², and the errors of its sum with it: up to four
    /// times as large is taken, if the result is for elements that show less than a double does; double is always summed up around the
    /// mean. NaN counts as far: there may have been an overflow.
    /// </summary>
    public static bool Far<T>(double squaredDistance, double variance) =>
        !(squaredDistance <= (typeof(T) == typeof(float) ? 4 : 0) * variance);

    /// <summary>
    /// k from the mean of the few values. Of an element's digits it keeps the upper half, so that x − k is exact for most x; and it is
    /// finite, because an infinite or NaN k would spoil what the sum says of the others.
    /// </summary>
    public static T Near<T>(double mean) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var k = Nearest<T>(mean);
        return k is float single ? Unsafe.BitCast<float, T>(BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(single) & 0xFFFF_F000)) : k;
    }

    /// <summary>The element nearest to μ, around which sums are taken once more; 0 if μ is not finite.</summary>
    public static T Nearest<T>(double mean) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var k = T.CreateTruncating(mean);
        return T.IsFinite(k) ? k : T.Zero;
    }

    /// <summary>Adds Σ (x − k) and Σ (x − k)² of n values to the sums, all in double.</summary>
    public static unsafe void SumsInDouble<T>(T* x, long n, double k, ref double sum, ref double squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0L; i < n; i++)
        {
            var d = double.CreateTruncating(x[i]) - k;
            (sum, squares) = (sum + d, squares + d * d);
        }
    }
}
