using BnNotebooks.Runner.Commands;

namespace BnNotebooks.Runner.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bn-doctor-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_computes_here_is_named_and_nothing_of_it_is_missing()
    {
        var rows = DoctorCommand.Computing(AppContext.BaseDirectory).ToList();

        Assert.Contains(rows, row => row is { What: "TorchSharp", Found: "0.107.0" });
        Assert.StartsWith("2.10.0", Assert.Single(rows, row => row.What == "libtorch").Found);
        Assert.All(rows, row => Assert.Null(row.Mend));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not a library, but long enough to have the header of one: 64 bytes and more")]
    public void A_libtorch_that_does_not_load_costs_one_row_that_says_why(string? content)
    {
        foreach (var name in (string[])["libtorch_cpu.so", "libtorch_cpu.dylib", "torch_cpu.dll"])
            if (content is not null)
                File.WriteAllText(Path.Combine(folder.FullName, name), content);

        var row = DoctorCommand.Computing(folder.FullName).Last();

        Assert.Contains("torch_cpu", row.Found);
        Assert.True(row is { What: "libtorch", Needed: true, Mend: not null });
        Assert.DoesNotContain('\n', row.Found);
    }
}
