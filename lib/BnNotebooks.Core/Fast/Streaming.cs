using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>
/// How results are written. Ordinary stores fetch each line of the target into the caches first, only to overwrite it. Of a
/// result that is larger than the caches that is wasted: it goes past them, and the memory that is read next is fetched
/// meanwhile.
/// </summary>
/// <param name="Output">Whether to write past the caches.</param>
/// <param name="Next">How many values behind the present ones those lie that are read next.</param>
internal readonly record struct Streaming(bool Output, nint Next)
{
    /// <summary>About what a core has of its own caches and its share of the common one.</summary>
    private const long CacheBytes = 8 << 20;

    /// <summary>Not in place, where the line is in the nearest cache; nor where a value lies across two lines.</summary>
    public static unsafe Streaming For<T>(T* input, T* output, long count, nint next) where T : unmanaged =>
        new(count * sizeof(T) > CacheBytes && input != output && (nint)output % sizeof(T) == 0, next);

    /// <summary>
    /// Stores past the caches may become visible after ordinary ones that follow them. So whoever streams waits for them before it
    /// says that it is done: the caller may hand the result to another thread by a flag of its own.
    /// </summary>
    public static void Fence()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
        else
            Thread.MemoryBarrier();
    }
}
