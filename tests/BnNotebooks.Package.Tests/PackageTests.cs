using System.IO.Compression;

namespace BnNotebooks.Package.Tests;

public sealed class PackageTests(Consumer consumer)
{
    [Fact]
    public void It_brings_its_readme_picture_licence_and_documentation()
    {
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(consumer.Source, "*.nupkg")));
        var files = package.Entries.Select(entry => entry.FullName).ToArray();
        foreach (var file in (string[])["README.md", "which-numbers.png", "LICENSE", "lib/net10.0/BnNotebooks.Core.dll", "lib/net10.0/BnNotebooks.Core.xml"])
            Assert.Contains(file, files);
    }

    [Fact]
    public void Its_symbols_come_in_a_package_of_their_own()
    {
        using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(consumer.Source, "*.snupkg")));
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/BnNotebooks.Core.pdb");
    }

    [Fact]
    public async Task The_example_of_its_readme_learns_and_its_file_holds_what_it_has_learned()
    {
        var lines = (await consumer.Run()).ExampleLines.ToArray();
        var losses = lines.Where(line => line.StartsWith("step", StringComparison.Ordinal)).Select(line => double.Parse(line.Split(' ')[^1])).ToArray();
        Assert.True(losses is [> 0.5, < 0.3, < 0.2], string.Join('\n', lines));
        Assert.Equal("The copy computes the same: True", lines[^1]);
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableAVX512", 256)]
    public async Task With_fewer_instructions_it_computes_the_same(string switchedOff, int bits)
    {
        var (whole, part) = (await consumer.Run(), await consumer.Run((switchedOff, "0")));
        Assert.Equal(Math.Min(bits, whole.VectorBits), part.VectorBits);
        part.HoldAgainst(whole);
    }
}

// In classes of their own, so that they go on at once.
public sealed class TrimmedTests(Consumer consumer)
{
    [Fact]
    public async Task Trimmed_without_a_warning_it_computes_the_same() =>
        (await consumer.RunPublished("-p:PublishTrimmed=true")).HoldAgainst(await consumer.Run());
}

public sealed class AheadOfTimeTests(Consumer consumer)
{
    [Fact]
    public async Task Compiled_ahead_of_time_without_a_warning_it_computes_the_same() =>
        (await consumer.RunPublished("-p:PublishAot=true")).HoldAgainst(await consumer.Run());
}

public sealed class WebAssemblyTests(Consumer consumer)
{
    [Fact]
    public async Task In_web_assembly_which_has_no_threads_it_computes_the_same() =>
        (await consumer.RunInWebAssembly()).HoldAgainst(await consumer.Run());
}
