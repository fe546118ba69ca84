namespace BnNotebooks;

/// <summary>Writes files whole or not at all.</summary>
static class WholeFile
{
    /// <summary>Writes beside the place first, then renames. The folder is made where it is missing.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
