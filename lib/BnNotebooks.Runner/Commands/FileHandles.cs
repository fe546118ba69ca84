using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace BnNotebooks.Runner.Commands;

/// <summary>
/// Where a process may open only a few files, .NET fails now here, now there, mostly because it no longer finds a library
/// of its own. So this is asked before anything else, and says so without the console, which is such a library.
/// </summary>
static class FileHandles
{
    const ulong Needed = 256;

#pragma warning disable CA2255 // a program may have an initializer, and Main is too late: it needs libraries to begin
    [ModuleInitializer]
    internal static void Check()
    {
        if (OperatingSystem.IsWindows() || GetLimit(OperatingSystem.IsMacOS() ? 8 : 7, out var limit) != 0 || limit.Now >= Needed)
            return;
        var message = Encoding.ASCII.GetBytes(
            $"This shell lets a program open {limit.Now} files; the Runner needs {Needed}. Raise the limit first: ulimit -n 1024\n");
        Write(2, message, message.Length);
        Exit(ExitCode.Failed);
    }
#pragma warning restore CA2255

    struct Limit
    {
        public ulong Now, AtMost;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "write")]
    static extern nint Write(int handle, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "_exit")]
    static extern void Exit(int code);
}
