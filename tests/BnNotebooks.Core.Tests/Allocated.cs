namespace BnNotebooks.Core.Tests;

/// <summary>How much memory a call takes on its own thread.</summary>
internal static class Allocated
{
    // A garbage collection that another thread causes takes back what the runtime had set aside for this one, up to 8 kB, and the
    // counter may show that as allocated. What the call itself allocates, it allocates each time that all is made anew.
    private const int Attempts = 5;

    /// <summary>Bytes in managed memory: the least of a few attempts.</summary>
    /// <param name="prepare">Makes what is called, for each attempt another one, and makes the calls before the one in question.</param>
    public static long By(Func<Action> prepare)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var call = prepare();
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
