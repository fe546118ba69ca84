namespace BnNotebooks.Mend;

/// <summary>Replaces a file of the build by a changed one.</summary>
static class Patch
{
    /// <summary>
    /// Writes beside the file, then renames: where the file is a hard link into the package cache, the other end stays as it
    /// was. The time stays too, so that the next build, which compares sizes and times, does not copy the original again.
    /// </summary>
    public static void Replace(string path, byte[] content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, content);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(path));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
