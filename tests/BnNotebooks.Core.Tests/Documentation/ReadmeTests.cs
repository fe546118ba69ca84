using System.Text.RegularExpressions;
using BnNotebooks.Core.Tests.Golden;

namespace BnNotebooks.Core.Tests.Documentation;

/// <summary>What the READMEs list is there under the name that they give it.</summary>
public sealed partial class ReadmeTests
{
    // A type that has no form in float is listed as `GhostBatchNorm<T>`.
    static SortedSet<string> Types
    {
        get
        {
            var exported = typeof(Layer<>).Assembly.GetExportedTypes();
            var plain = exported.Where(type => !type.IsGenericType).Select(type => type.Name).ToHashSet();
            var generic = exported.Where(type => type.IsGenericType).Select(type => type.Name.Split('`')[0]).Where(name => !plain.Contains(name));
            return [.. plain, .. generic.Select(name => $"{name}<T>")];
        }
    }

    [Fact]
    public void That_of_the_package_lists_every_public_type_and_no_other()
    {
        var listed = Listed("lib/BnNotebooks.Core/README.md", column: 1);
        Assert.Empty(Types.Except(listed));
        Assert.Empty(listed.Except(Types));
    }

    [Fact]
    public void That_of_the_repository_lists_types_that_exist() => Assert.Empty(Listed("README.md", column: 2).Except(Types));

    // The names in a column of the tables, but not those of the notebooks' functions.
    static SortedSet<string> Listed(string readme, int column) =>
    [
        .. File.ReadLines(GoldenFile.InRepository(readme)).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.Contains(".ipynb", StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line.Split('|')[column])).Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex("`([A-Z][A-Za-z0-9<>]*)`")]
    private static partial Regex Name();
}
