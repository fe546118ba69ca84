using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Optimization;

/// <summary>
/// A copy whose stores go past the caches: they do not first fetch the lines that they overwrite. Of blocks larger than the caches
/// that makes it the faster one on many machines; the target of a small one is then further away from whoever reads it next.
/// </summary>
static unsafe class StreamingCopy
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> source, Span<float> target)
    {
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
