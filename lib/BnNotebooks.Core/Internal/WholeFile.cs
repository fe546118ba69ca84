using System.Text;

namespace BnNotebooks;

/// <summary>Writes files whole or not at all. (A part of each of the assemblies that do so: it is nobody's public business.)</summary>
static class WholeFile
{
    /// <summary>Writes a text. The folder is made where it is missing; of a link, the file that it leads to is written.</summary>
    public static void Write(string path, string text)
    {
        path = Target(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// Writes beside the place first, under a name with this process's id, then renames. A file that was there keeps its mode; a
    /// link, hard or not, is replaced, and what it led to stays as it was.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp"); // short: the path's own name may be as long as can be
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(beside, File.GetUnixFileMode(path));
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>The file itself, or the one that a link leads to.</summary>
    public static string Target(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true))!.FullName;
    }
}
