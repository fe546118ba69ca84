using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace BnNotebooks.Live.Compiling;

/// <summary>
/// What cells compile against: the very assemblies that this page runs. Their metadata lies in memory already, so nothing is read
/// a second time for it.
/// </summary>
static class References
{
    static readonly Lazy<ImmutableArray<PortableExecutableReference>> all = new(() => [.. Names.Select(name => ToReference(Assembly.Load(name)))]);

    /// <summary>All of them.</summary>
    public static ImmutableArray<PortableExecutableReference> All => all.Value;

    static IEnumerable<string> Names
    {
        get
        {
            using var list = new StreamReader(typeof(References).Assembly.GetManifestResourceStream("references.txt")!);
            while (list.ReadLine() is { } name)
                yield return name;
        }
    }

    static unsafe PortableExecutableReference ToReference(Assembly assembly) => assembly.TryGetRawMetadata(out var blob, out var length)
        ? AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)blob, length)).GetReference(display: assembly.GetName().Name)
        : throw new InvalidOperationException($"The runtime does not give out the metadata of {assembly.GetName().Name}.");
}
