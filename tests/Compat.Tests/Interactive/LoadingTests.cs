using Microsoft.DotNet.Interactive.Events;

namespace Compat.Tests.Interactive;

/// <summary>#load and #r, whose paths start at the current directory; that belongs to the process, so these run alone.</summary>
[Collection(nameof(Alone))]
public sealed class LoadingTests : IDisposable
{
    readonly Session session = new();
    readonly string before = Directory.GetCurrentDirectory();
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loading");

    public LoadingTests() => Directory.SetCurrentDirectory(folder.FullName);

    public void Dispose()
    {
        session.Dispose();
        Directory.SetCurrentDirectory(before);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_loaded_script_leaves_its_variables_but_not_its_usings()
    {
        File.WriteAllText("setup.csx", "using System.Globalization; var culture = CultureInfo.InvariantCulture; Console.Write(\"set\");");

        var events = await session.Run("#load \"setup.csx\"\nculture.Name.Length");

        Assert.Equal("set", Assert.Single(events.OfType<StandardOutputValueProduced>()).FormattedValues.Single().Value);
        Assert.Equal(0, Assert.Single(events.OfType<ReturnValueProduced>()).Value);
        Assert.Contains("0", await session.Value("culture.Name.Length"));
        Assert.Contains("CS0103", Assert.IsType<CommandFailed>((await session.Run("CultureInfo.InvariantCulture"))[^1]).Message);
    }

    [Fact]
    public async Task A_reference_of_a_loaded_script_holds_for_later_cells()
    {
        folder.CreateSubdirectory("lib");
        File.Copy(typeof(FactAttribute).Assembly.Location, "lib/xunit.dll");
        File.WriteAllText("setup.csx", "#r \"lib/xunit.dll\"");
        Assert.Contains("CS0246", Assert.IsType<CommandFailed>((await session.Run("typeof(Xunit.FactAttribute)"))[^1]).Message);

        await session.Run("#load \"setup.csx\"");

        Assert.Equal("FactAttribute", await session.Value("typeof(Xunit.FactAttribute).Name"));
    }

    [Fact]
    public async Task Paths_follow_the_current_directory()
    {
        var sub = folder.CreateSubdirectory("sub");
        File.WriteAllText(Path.Combine(sub.FullName, "here.csx"), "var here = 4;");
        Assert.Contains("CS1504", Assert.IsType<CommandFailed>((await session.Run("#load \"here.csx\""))[^1]).Message);

        await session.Run("System.IO.Directory.SetCurrentDirectory(\"sub\");");
        await session.Run("#load \"here.csx\"");

        Assert.Contains("4", await session.Value("here"));
    }

    [Fact]
    public async Task A_mistake_in_a_loaded_script_names_the_file()
    {
        File.WriteAllText("setup.csx", "\nint x = \"\";");

        var failed = Assert.IsType<CommandFailed>((await session.Run("#load \"setup.csx\""))[^1]);

        Assert.Contains("setup.csx(2,9): error CS0029", failed.Message);
    }

    [Theory]
    [InlineData("1;\n#load \"setup.csx\"")]
    [InlineData("1;\n#r \"System.Xml\"")]
    public async Task Directives_must_come_before_code(string code)
    {
        File.WriteAllText("setup.csx", "");

        Assert.IsType<CommandFailed>((await session.Run(code))[^1]);
    }
}

/// <summary>Names the tests that change what the whole process shares, such as the current directory.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
