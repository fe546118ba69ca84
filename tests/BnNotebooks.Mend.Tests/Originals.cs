using System.Reflection;

namespace BnNotebooks.Mend.Tests;

/// <summary>A folder of copies of packages' files, as a build's output folder is one.</summary>
sealed class Originals : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bn-mend-");

    public Originals(params string[] names)
    {
        foreach (var name in names)
            File.Copy(Source(name), this[name]);
    }

    public string Folder => folder.FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Where a package has it.</summary>
    public static string Source(string name) => typeof(Originals).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    public void Dispose() => folder.Delete(recursive: true);
}
