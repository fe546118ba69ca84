namespace BnNotebooks.Core.Tests;

/// <summary>How much memory a call takes on its own thread.</summary>
internal static class Allocated
{
    // A garbage collection that another thread causes takes back what the runtime had set aside for this one, up to 8 kB, and the
    // counter may show that as allocated. What the call itself allocates, it allocates each time.
    private const int Attempts = 5;

    /// <summary>Bytes in managed memory: the least of a few calls.</summary>
    public static long By(Action call)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
