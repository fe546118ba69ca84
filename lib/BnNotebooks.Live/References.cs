using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace BnNotebooks.Live;

/// <summary>
/// What cells compile against: the very assemblies that this page runs. Their metadata already lies in memory, so no file is
/// read for it.
/// </summary>
static class References
{
    static readonly Lazy<ImmutableArray<MetadataReference>> all = new(() => [.. Loadable.Select(ToReference).OfType<MetadataReference>()]);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MetadataReference> All => all.Value;

    static IEnumerable<Assembly> Loadable
    {
        get
        {
            var names = typeof(References).Assembly.GetManifestResourceStream("references.txt")!;
            using var reader = new StreamReader(names);
            while (reader.ReadLine() is { } name)
                yield return Assembly.Load(name);
        }
    }

    static unsafe MetadataReference? ToReference(Assembly assembly) =>
        assembly.TryGetRawMetadata(out var blob, out var length)
            ? AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)blob, length)).GetReference(display: assembly.GetName().Name)
            : null;
}
