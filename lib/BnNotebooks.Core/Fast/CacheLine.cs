using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>What the kernels know of caches: memory comes and goes in lines of 64 bytes.</summary>
internal static unsafe class CacheLine
{
    public const int Bytes = 64;

    /// <summary>How many values a line has.</summary>
    public static int Count<T>() where T : unmanaged => Bytes / sizeof(T);

    /// <summary>How many of n neighbouring values there are before the first that begins a line.</summary>
    public static int Before<T>(T* values, int n) where T : unmanaged =>
        Math.Min(n, (int)(-(nint)values & (Bytes - 1)) / sizeof(T));

    /// <summary>Asks for a line of memory before it is needed. Only a hint: the place may lie outside of the tensor.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="soon">Whether to bring it all the way, or only as far as a core's own cache.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(T* place, bool soon) where T : unmanaged
    {
        if (Sse.IsSupported && soon)
            Sse.Prefetch0(place);
        else if (Sse.IsSupported)
            Sse.Prefetch1(place);
    }
}
