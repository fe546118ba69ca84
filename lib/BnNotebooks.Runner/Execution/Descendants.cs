using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BnNotebooks.Runner.Execution;

/// <summary>
/// Ends whatever cells have started, however well it hides: in a session of its own, behind a parent that has ended. Linux
/// alone can do this; elsewhere a notebook's process is killed with those of its children that still name it as their parent.
/// </summary>
static class Descendants
{
    const int SetChildSubreaper = 36, Kill = 9, Stop = 19;

    static readonly HashSet<Process> Hosts = [];

    /// <summary>From now on, what is left behind by a process below this one falls to this one.</summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
            _ = ProcessControl(SetChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>Starts a process in which cells are to run.</summary>
    public static Process Start(ProcessStartInfo command)
    {
        lock (Hosts)
        {
            var host = Process.Start(command)!;
            Hosts.Add(host);
            return host;
        }
    }

    /// <summary>Ends what fell to this process when one in which cells ran ended: all but the others and what is below them.</summary>
    public static void EndWhatIsLeftBy(Process host)
    {
        lock (Hosts)
        {
            Hosts.Remove(host);
            End([.. Hosts.Select(other => other.Id)]);
        }
    }

    /// <summary>Does <see cref="Adopt"/>, and at a cancellation ends all below this process, a browser that draws charts too.</summary>
    public static IDisposable EndOn(CancellationToken cancellation)
    {
        Adopt();
        return cancellation.Register(() => End());
    }

    /// <summary>Ends all processes below this one, at once.</summary>
    /// <param name="spared">Children of this process that go on, and all below them.</param>
    public static void End(params IReadOnlyCollection<int> spared)
    {
        if (!OperatingSystem.IsLinux())
            return;

        // What is stopped starts nothing new, so after a few rounds there is nothing new to be found.
        var found = new List<int>();
        while (Below(Environment.ProcessId, spared).Except(found).ToList() is { Count: > 0 } fresh)
        {
            found.AddRange(fresh);
            fresh.ForEach(process => _ = Signal(process, Stop));
        }

        // Nobody asks what became of an orphan, so it stays a zombie until this process ends. To ask here could take the
        // answer from .NET, which asks for the children that it started, and aborts where there is none.
        found.ForEach(process => _ = Signal(process, Kill));
    }

    static List<int> Below(int root, IReadOnlyCollection<int> spared)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(Parse).OfType<(int Id, int Parent)>()
            .ToLookup(process => process.Parent, process => process.Id);
        var below = new List<int>(children[root].Except(spared));
        for (var i = 0; i < below.Count; i++)
            below.AddRange(children[below[i]]);
        return below;
    }

    // "1234 (a name) S 12 …": id, name, state, parent. The name may hold anything. A zombie (Z) has ended already.
    static (int Id, int Parent)? Parse(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
            return null;
        try
        {
            var stat = File.ReadAllText(folder + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : (id, int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // it has just ended
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    static extern int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Signal(int process, int signal);
}
