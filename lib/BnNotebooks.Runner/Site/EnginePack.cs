using System.IO.Compression;
using System.Text.Json;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// An engine of the pages: .NET in WebAssembly with a program of ours, all files in one. A page fetches the pack, or, where it lies
/// on the disk and may fetch nothing, loads it as a script.
/// </summary>
/// <param name="Name">What a page calls it: <c>playground</c>.</param>
/// <param name="Project">The project that is compiled into it, below <c>lib</c>.</param>
public sealed record EnginePack(string Name, string Project)
{
    /// <summary>All engines.</summary>
    public static IReadOnlyList<EnginePack> All { get; } =
    [
        new("playground", "BnNotebooks.Playground"),
        new("live", "BnNotebooks.Live"),
    ];

    static readonly Lock packing = new();

    string Folder => RepositoryRoot.File("lib", Project, "bin", "engine");

    string Published => Path.Combine(Folder, "published");

    /// <summary>Whether the build has made it.</summary>
    public bool IsBuilt => File.Exists(Published);

    /// <summary>Writes <c>NAME.pack</c> and <c>NAME.pack.js</c> into a folder.</summary>
    /// <exception cref="FileNotFoundException">The engine is not built.</exception>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string pack;
        lock (packing)
            pack = Packed();
        File.Copy(pack, Path.Combine(folder, $"{Name}.pack"));
        using var script = File.CreateText(Path.Combine(folder, $"{Name}.pack.js"));
        script.Write($"bnEngine.embed(\"{Name}\", \"{Convert.ToBase64String(File.ReadAllBytes(pack))}\");");
    }

    // Packing takes seconds, so it is done once a build, and by one of several that want it at the same time.
    string Packed()
    {
        if (!IsBuilt)
            throw new FileNotFoundException($"The engine \"{Name}\" is not built: {Published} is not there. Run: dotnet bn.cs build", Published);
        var pack = Path.Combine(Folder, $"{Name}.pack");
        if (File.Exists(pack) && File.GetLastWriteTimeUtc(pack) >= File.GetLastWriteTimeUtc(Published))
            return pack;
        var beside = $"{pack}.{Environment.ProcessId}";
        using (var file = File.Create(beside))
        using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize))
            Write(gzip);
        File.Move(beside, pack, overwrite: true);
        return pack;
    }

    // The length of the list, the list of names and lengths as JSON, and the files.
    void Write(Stream stream)
    {
        (string Name, byte[] Bytes)[] files =
        [
            .. Directory.GetFiles(Path.Combine(Folder, "wwwroot", "_framework")).Order(StringComparer.Ordinal)
                .Where(file => Path.GetExtension(file) is ".js" or ".wasm")
                .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
            ("worker.js", Worker()),
        ];
        var list = JsonSerializer.SerializeToUtf8Bytes(files.Select(file => new object[] { file.Name, file.Bytes.Length }));
        stream.Write(BitConverter.GetBytes(list.Length));
        stream.Write(list);
        foreach (var (_, bytes) in files)
            stream.Write(bytes);
    }

    static byte[] Worker()
    {
        using var memory = new MemoryStream();
        using var asset = SiteAssets.Open("engine-worker.js");
        asset.CopyTo(memory);
        return memory.ToArray();
    }
}
