namespace BnNotebooks;

/// <summary>Writes files whole or not at all.</summary>
static class WholeFile
{
    /// <summary>
    /// Writes beside the place first, under a name with this process's id, then renames. The folder is made where it is
    /// missing. A file that was there keeps its mode; of a link, the file that it leads to is written.
    /// </summary>
    public static void Write(string path, string text)
    {
        path = Target(path);
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var beside = Path.Combine(folder, $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp"); // short: the path's own name may be as long as can be
        try
        {
            File.WriteAllText(beside, text);
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
