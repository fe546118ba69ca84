using System.Runtime.InteropServices;

namespace BnNotebooks.Speed;

/// <summary>
/// The pages of memory, mostly of 4 kB, that a system hands over when they are first touched: how many there were, and how to have
/// them kept.
/// </summary>
public static unsafe class Pages
{
    /// <summary>
    /// How many pages of memory the system has had to hand to this process so far, 4 kB each as a rule; null where the
    /// system does not say (it does on Linux).
    /// </summary>
    public static long? Faults()
    {
        const string Status = "/proc/self/stat";
        if (!File.Exists(Status))
            return null;
        var text = File.ReadAllText(Status);
        return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[7]);    // minflt, the tenth field; the second, in (), may hold spaces
    }

    /// <summary>
    /// Has the C library's allocator, which libtorch uses, keep memory ready for this thread, so that its next outputs lie in
    /// pages that are there already, and need not be asked of the system each time.
    /// </summary>
    /// <param name="bytes">The size of the largest output.</param>
    /// <returns>False where the allocator takes no such wishes; glibc's does.</returns>
    public static bool Keep(int bytes)
    {
        const int TrimThreshold = -1, MmapMax = -4;
        try
        {
            // No block gets pages of its own, which would go when it is freed, and no heap gives back its end.
            if (MallocOption(MmapMax, 0) != 1 || MallocOption(TrimThreshold, int.MaxValue) != 1)
                return false;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }

        // A thread's heap that is all free goes back even so; a small block behind the free ones, which stays in use, prevents
        // it. Small blocks that libtorch holds on to are cut from the smallest large one, so one alone would soon be too small.
        const int Blocks = 3, Small = 1 << 16, Spare = 1 << 20, Tries = 16;
        var blocks = new nint[Blocks];
        for (var i = 0; i < Blocks; i++)
        {
            blocks[i] = (nint)NativeMemory.Alloc((nuint)bytes + Spare);
            for (var tries = 0; tries < Tries && (nint)NativeMemory.Alloc(Small) < blocks[i]; tries++) { }    // one in a gap before it does not count
        }
        foreach (var block in blocks)
            NativeMemory.Free((void*)block);
        return true;
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    static extern int MallocOption(int option, int value);
}
