namespace BnNotebooks.Mend;

/// <summary>Replaces a file of the build by a changed one.</summary>
static class Patch
{
    /// <summary>
    /// Writes it whole, beside and then renamed: where the file is a hard link into the package cache, the other end stays as it
    /// was. The time stays too, so that the next build, which compares sizes and times, does not copy the original again.
    /// </summary>
    public static void Replace(string path, byte[] content)
    {
        var time = File.GetLastWriteTimeUtc(path);
        WholeFile.Write(path, file => file.Write(content));
        File.SetLastWriteTimeUtc(path, time);
    }
}
