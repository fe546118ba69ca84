using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BnNotebooks.Live;

/// <summary>What <c>#load</c> and <c>#r</c> find on a page: the course's scripts, and the assemblies that are there already.</summary>
static class CourseFiles
{
    public static SourceReferenceResolver Resolver { get; } = new Scripts();
    public static MetadataReferenceResolver References { get; } = new Assemblies();

    sealed class Scripts : SourceReferenceResolver
    {
        public override string? NormalizePath(string path, string? baseFilePath) => path;
        public override string? ResolveReference(string path, string? baseFilePath) =>
            typeof(CourseFiles).Assembly.GetManifestResourceInfo(path) is null ? null : path;
        public override Stream OpenRead(string resolvedPath) => typeof(CourseFiles).Assembly.GetManifestResourceStream(resolvedPath)!;
        public override bool Equals(object? other) => other is Scripts;
        public override int GetHashCode() => 0;
    }

    sealed class Assemblies : MetadataReferenceResolver
    {
        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
            [Live.References.All.OfType<PortableExecutableReference>().First()];
        public override bool Equals(object? other) => other is Assemblies;
        public override int GetHashCode() => 1;
    }
}
