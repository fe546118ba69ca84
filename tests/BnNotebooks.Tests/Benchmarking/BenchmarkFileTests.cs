using BnNotebooks.Benchmarking;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>The file that <c>dotnet bn.cs bench</c> writes and the notebook reads.</summary>
public sealed class BenchmarkFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-bench").FullName;

    string PathOf(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_again()
    {
        BenchmarkResult[] results =
        [
            Results.Of("batchnorm2d/train/forward+backward", "20x120x55x65", ours: 3.75, torch: 15, copy: 3),
            Results.Of("layernorm/eval/forward", "64x1024", BenchmarkResult.AsCalled, threads: 2),
        ];
        var path = PathOf("deeper/bench.json");

        BenchmarkFile.Write(path, results, "a machine\nnot quiet");

        Assert.Equal(results, BenchmarkFile.Read(path));
        Assert.Equal("a machine\nnot quiet", BenchmarkFile.ReadMachine(path));
    }

    [Fact]
    public void Nothing_but_the_results_and_the_machine_is_left_in_the_folder()
    {
        BenchmarkFile.Write(PathOf("bench.json"), [Results.Of("a/train/forward", "1x2")], "a machine");
        BenchmarkFile.Write(PathOf("bench.json"), [Results.Of("b/train/forward", "1x2")], "a machine");

        Assert.Equal(["bench.json", "bench.txt"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal("b/train/forward", BenchmarkFile.Read(PathOf("bench.json")).Single().Case);
    }

    [Fact]
    public void The_fields_have_their_names_their_order_and_numbers_for_values()
    {
        var line = BenchmarkFile.ToLine(Results.Of("batchnorm1d/train/forward+backward", "22x102", ours: 0.5, torch: 2, copy: 0.25));

        Assert.Equal(
            """{"case":"batchnorm1d/train/forward+backward","shape":"22x102","setting":"steady","threads":1,"ours_ms":0.5,"torch_ms":2,"copy_ms":0.25,"vs_torch":4,"vs_copy":2,"allocated_bytes":0,"scalar_ms":16,"torch_call_ms":0.001}""",
            line);
    }

    [Theory]
    [InlineData("[{\"case\":\"a\"}]", "'shape'")]
    [InlineData("[{\"case\":", "at $[0]")]
    [InlineData("null", "at $: it is null")]
    [InlineData("[GOOD, null]", "at $[1]: it is null")]
    [InlineData("[GOOD,\nGOOD]", "at $[1].shape (line 2): ", "\"1x2\"", "null")]
    [InlineData("[GOOD]", "at $[0].ours_ms (line 1): Expected a finite number.", "\"ours_ms\":2", "\"ours_ms\":null")]
    [InlineData("[GOOD]", "at $[0].ours_ms (line 1): Expected a finite number.", "\"ours_ms\":2", "\"ours_ms\":1e999")]
    [InlineData("[GOOD]", "at $[0].ours_ms (line 1): Expected a finite number.", "\"ours_ms\":2", "\"ours_ms\":\"2\"")]
    [InlineData("[GOOD]", "at $[0].threads (line 1): ", "\"threads\":1", "\"threads\":null")]
    [InlineData("[GOOD]", "'threads'", "\"threads\":1", "\"threads\":1,\"threads\":2")]
    public void A_damaged_file_is_named_with_the_place_and_the_command_that_writes_it_anew(string text, string said, string right = "", string wrong = "")
    {
        // The last entry is the one that is wrong.
        var good = BenchmarkFile.ToLine(Results.Of("a/train/forward", "1x2"));
        text = text.Replace("GOOD]", (right == "" ? good : good.Replace(right, wrong)) + "]").Replace("GOOD", good);
        File.WriteAllText(PathOf("bench.json"), text);

        var error = Assert.Throws<InvalidDataException>(() => BenchmarkFile.Read(PathOf("bench.json")));

        Assert.Contains(PathOf("bench.json"), error.Message);
        Assert.Contains("dotnet bn.cs bench", error.Message);
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_command_that_writes_it()
    {
        var error = Assert.Throws<FileNotFoundException>(() => BenchmarkFile.Read(PathOf("none.json")));

        Assert.Contains(PathOf("none.json"), error.Message);
        Assert.Contains("dotnet bn.cs bench", error.Message);
    }
}
