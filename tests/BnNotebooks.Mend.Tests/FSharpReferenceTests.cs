using System.Runtime.Loader;

namespace BnNotebooks.Mend.Tests;

/// <summary>The real files of Plotly.NET and its older dependencies.</summary>
public sealed class FSharpReferenceTests : IDisposable
{
    const string Model = "Plotly.NET.dll";
    static readonly string[] Older = ["Giraffe.ViewEngine.dll", "Fable.Core.dll"];

    readonly Originals copies = new([Model, .. Older]);

    public void Dispose() => copies.Dispose();

    [Fact]
    public void The_older_files_ask_for_what_Plotly_asks_for_afterwards_and_are_sound_assemblies()
    {
        var wanted = FSharpReference.Find(copies[Model])!.Value.Version;

        Assert.Equal(2, FSharpReference.Mend(copies.Folder).Count());

        foreach (var name in Older)
        {
            Assert.Equal(wanted, References(copies[name])["FSharp.Core"]);
            var others = References(Originals.Source(name)).Where(reference => reference.Key != "FSharp.Core");
            Assert.Equal(others, References(copies[name]).Where(reference => reference.Key != "FSharp.Core"));
        }
        Assert.Equal(File.ReadAllBytes(Originals.Source(Model)), File.ReadAllBytes(copies[Model]));
        Assert.Empty(FSharpReference.Mend(copies.Folder));
    }

    [Fact]
    public void Without_Plotly_nothing_is_touched()
    {
        File.Delete(copies[Model]);

        Assert.Empty(FSharpReference.Mend(copies.Folder));
        Assert.All(Older, name => Assert.Equal(File.ReadAllBytes(Originals.Source(name)), File.ReadAllBytes(copies[name])));
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_named()
    {
        File.WriteAllText(copies[Older[0]], "MZ and nothing else");

        var error = Assert.Throws<InvalidDataException>(() => FSharpReference.Mend(copies.Folder).ToList());

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
