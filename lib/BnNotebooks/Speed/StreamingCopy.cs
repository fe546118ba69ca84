using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Speed;

/// <summary>
/// A copy whose stores go past the caches: they do not first fetch the lines that they overwrite. Of blocks larger than the caches
/// that makes it the faster one on many machines; the target of a small one is then further away from whoever reads it next.
/// </summary>
public static unsafe class StreamingCopy
{
    /// <summary>Copies floats.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="target">Where it goes, at least as long; the two may not overlap.</param>
    /// <exception cref="ArgumentException">The target is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> source, Span<float> target)
    {
        if (target.Length < source.Length)
            throw new ArgumentException($"Expected room for {source.Length} numbers, but there is some for {target.Length}. Give a longer target.", nameof(target));
        fixed (float* from = source, to = target)
        {
            var i = 0;
            for (; i < source.Length && (nuint)(to + i) % (nuint)sizeof(Vector<float>) != 0; i++) // up to an address that can be streamed to
                to[i] = from[i];
            for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
                Vector.Load(from + i).StoreAlignedNonTemporal(to + i);
            for (; i < source.Length; i++)
                to[i] = from[i];
        }
        Interlocked.MemoryBarrier(); // streaming stores may be late: whoever reads next must find them done
    }
}
