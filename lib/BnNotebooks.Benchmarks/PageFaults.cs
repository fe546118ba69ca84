namespace BnNotebooks.Benchmarks;

/// <summary>Pages that the system had to map because they were written to for the first time: the cost of fresh memory.</summary>
internal static class PageFaults
{
    const int MinorFaults = 7; // the tenth field of /proc/self/stat, counted from the one after the name in parentheses

    /// <summary>How many pages this process has had mapped so far, or null where the system does not say (it is Linux that does).</summary>
    public static long? SoFar()
    {
        const string Path = "/proc/self/stat";
        if (!File.Exists(Path))
            return null;
        var text = File.ReadAllText(Path);
        return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[MinorFaults]);
    }
}
