using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace BnNotebooks.Live.Compiling;

/// <summary>What a notebook finds around it: scripts to <c>#load</c>, assemblies to refer to (<c>#r</c>), data to read.</summary>
static class CourseFiles
{
    const string Prefix = "course/", Root = "/course/";
    static readonly Assembly own = typeof(CourseFiles).Assembly;

    public static SourceReferenceResolver Scripts { get; } = new EmbeddedScripts();
    public static MetadataReferenceResolver Assemblies { get; } = new ReadyAssemblies();

    /// <summary>Writes the data into the runtime's file system, which lies in memory, and stands where a notebook would.</summary>
    public static void Unpack()
    {
        foreach (var name in own.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Root + name[Prefix.Length..];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            own.GetManifestResourceStream(name)!.CopyTo(file);
        }
        Directory.CreateDirectory(Root + "notebooks");
        Directory.SetCurrentDirectory(Root + "notebooks");
    }

    sealed class EmbeddedScripts : SourceReferenceResolver
    {
        public override string? NormalizePath(string path, string? baseFilePath) => path;
        public override string? ResolveReference(string path, string? baseFilePath) => own.GetManifestResourceInfo(path) is null ? null : path;
        public override Stream OpenRead(string resolvedPath) => own.GetManifestResourceStream(resolvedPath)!;
        public override bool Equals(object? other) => other is EmbeddedScripts;
        public override int GetHashCode() => 0;
    }

    // All that a script could refer to is referred to already.
    sealed class ReadyAssemblies : MetadataReferenceResolver
    {
        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties) => [References.All[0]];
        public override bool Equals(object? other) => other is ReadyAssemblies;
        public override int GetHashCode() => 1;
    }
}
