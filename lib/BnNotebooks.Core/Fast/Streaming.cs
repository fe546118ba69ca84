using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>
/// How results are written. Ordinary stores fetch each line of the target into the caches first, only to overwrite it. Of a result
/// that is larger than the caches that is wasted: it goes past them, and the memory that is read next is fetched meanwhile.
/// </summary>
/// <param name="Output">Whether to write past the caches.</param>
/// <param name="Next">How many values behind the present ones those lie that are read next.</param>
internal readonly record struct Streaming(bool Output, nint Next)
{
    /// <summary>
    /// From how many bytes on, of all that is read and written, the result is streamed: half of the common cache, which others use too.
    /// </summary>
    private static long FromBytes => Math.Max(CacheSizes.OfCore, CacheSizes.Shared / 2);

    /// <summary>So far ahead of the present values the next ones are, where memory is gone through from one end to the other.</summary>
    public const int Straight = 1024;

    /// <summary>
    /// How to write <paramref name="count"/> results, where so many values are read of each of <paramref name="inputs"/> inputs. Not past
    /// the caches in place, where the line is in the nearest one; nor where a value lies across two lines.
    /// </summary>
    public static unsafe Streaming For<T>(T* input, T* output, long count, int inputs, nint next) where T : unmanaged =>
        new(count * (inputs + 1) * sizeof(T) > FromBytes && input != output && (nint)output % sizeof(T) == 0, next);

    /// <summary>Asks for what is read next: of the present values' neighbours soon, of others in time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Fetch<T>(T* present) where T : unmanaged => CacheLine.Prefetch(present + Next, soon: Next == Straight);

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

/// <summary>Where a loop's results go: into the caches, or past them. A loop is compiled for each.</summary>
internal unsafe interface IStore
{
    /// <summary>Whether they go past the caches.</summary>
    static abstract bool Past { get; }
}

/// <summary>Ordinary stores.</summary>
internal readonly struct IntoCaches : IStore
{
    public static bool Past => false;
}

/// <summary>Stores past the caches.</summary>
internal readonly struct PastCaches : IStore
{
    public static bool Past => true;
}
