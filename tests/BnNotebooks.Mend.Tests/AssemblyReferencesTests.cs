using System.Runtime.Loader;

namespace BnNotebooks.Mend.Tests;

/// <summary>The real files of TorchSharp, Plotly.NET and its older dependencies.</summary>
public sealed class AssemblyReferencesTests : IDisposable
{
    const string Model = "Plotly.NET.dll";
    const string Torch = "TorchSharp.dll";
    static readonly string[] Older = ["Giraffe.ViewEngine.dll", "Fable.Core.dll"];

    readonly Originals copies = new([Model, Torch, .. Older]);

    public void Dispose() => copies.Dispose();

    [Fact]
    public void The_files_ask_for_what_the_kernel_gives_afterwards_and_are_sound_assemblies()
    {
        var wanted = AssemblyReferences.Find(copies[Model], "FSharp.Core")!.Value.Version;

        Assert.Equal(3, AssemblyReferences.Mend(copies.Folder).Count());

        Assert.All(Older, name => AssertAsksFor(wanted, "FSharp.Core", name));
        AssertAsksFor(typeof(System.Numerics.Complex).Assembly.GetName().Version!, "System.Runtime.Numerics", Torch);
        Assert.Equal(File.ReadAllBytes(Originals.Source(Model)), File.ReadAllBytes(copies[Model]));
        Assert.Empty(AssemblyReferences.Mend(copies.Folder));
    }

    void AssertAsksFor(Version wanted, string reference, string name)
    {
        Assert.Equal(wanted, References(copies[name])[reference]);
        var others = References(Originals.Source(name)).Where(other => other.Key != reference);
        Assert.Equal(others, References(copies[name]).Where(other => other.Key != reference));
    }

    [Fact]
    public void Without_Plotly_its_dependencies_are_not_touched()
    {
        File.Delete(copies[Model]);

        Assert.Single(AssemblyReferences.Mend(copies.Folder)); // TorchSharp
        Assert.All(Older, name => Assert.Equal(File.ReadAllBytes(Originals.Source(name)), File.ReadAllBytes(copies[name])));
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_named()
    {
        File.WriteAllText(copies[Older[0]], "MZ and nothing else");

        var error = Assert.Throws<InvalidDataException>(() => AssemblyReferences.Mend(copies.Folder).ToList());

        Assert.Contains(Older[0], error.Message);
    }

    // As the runtime reads them, which is not the way that the mend reads them.
    static Dictionary<string, Version> References(string path)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        return context.LoadFromStream(new MemoryStream(File.ReadAllBytes(path)))
            .GetReferencedAssemblies().ToDictionary(name => name.Name!, name => name.Version!);
    }
}
