namespace BnNotebooks.Runner.Tests.Site;

/// <summary>A folder of its own for one test.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bn-site-test-");

    public string PathOf(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    public void Dispose() => folder.Delete(recursive: true);
}
