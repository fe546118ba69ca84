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
            Results.Of("layernorm/eval/forward", "64x1024", BenchmarkResult.AsCalled, threads: 2, channelsLast: 7, onnx: 5),
        ];
        var path = PathOf("deeper/bench.json");

        BenchmarkFile.Write(path, new(Results.Machine with { Remark = "not quiet" }, results));

        var read = BenchmarkFile.Read(path);
        Assert.Equal(results, read.Results);
        Assert.Equal(Results.Machine with { Remark = "not quiet" }, read.Machine);
    }

    [Fact]
    public void Nothing_but_the_file_is_left_in_the_folder()
    {
        BenchmarkFile.Write(PathOf("bench.json"), Results.Run(Results.Of("a/train/forward", "1x2")));
        BenchmarkFile.Write(PathOf("bench.json"), Results.Run(Results.Of("b/train/forward", "1x2")));

        Assert.Equal(["bench.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal("b/train/forward", BenchmarkFile.Read(PathOf("bench.json")).Results.Single().Case);
    }

    [Fact]
    public void The_fields_have_their_names_their_order_and_numbers_for_values()
    {
        var line = BenchmarkFile.ToLine(Results.Of("batchnorm1d/train/forward+backward", "22x102", ours: 0.5, p95: 0.75, torch: 2, copy: 0.25));

        Assert.Equal(
            """{"case":"batchnorm1d/train/forward+backward","shape":"22x102","setting":"steady","threads":1,"ours_ms":0.5,"ours_p95_ms":0.75,"torch_ms":2,"torch_channels_last_ms":null,"onnx_ms":null,"scalar_ms":160,"unfused_ms":null,"copy_ms":0.25,"streaming_copy_ms":0.5,"allocated_bytes":0,"ours_fresh_pages":0,"rival_fresh_pages":0,"torch_call_ms":0.001,"best_rival":"libtorch","won":true,"vs_best":4,"vs_torch":4,"vs_limit":2,"vs_unfused":null}""",
            line);
    }

    [Theory]
    [InlineData("{\"machine\":", "at $")]
    [InlineData("null", "at $: it is null")]
    [InlineData("{}", "'machine'")]
    [InlineData("{MACHINE, \"results\": null}", "at $.results")]
    [InlineData("{MACHINE, \"results\": [{\"case\":\"a\"}]}", "'shape'")]
    [InlineData("{MACHINE, \"results\": [GOOD, null]}", "at $.results[1]: it is null")]
    [InlineData("{MACHINE,\n\"results\": [GOOD,\nGOOD]}", "at $.results[1].shape (line 3): ", "\"1x2\"", "null")]
    [InlineData("{MACHINE, \"results\": [GOOD]}", "at $.results[0].ours_ms (line 1): Expected a finite number.", "\"ours_ms\":2", "\"ours_ms\":null")]
    [InlineData("{MACHINE, \"results\": [GOOD]}", "at $.results[0].ours_ms (line 1): Expected a finite number.", "\"ours_ms\":2", "\"ours_ms\":1e999")]
    [InlineData("{MACHINE, \"results\": [GOOD]}", "at $.results[0].onnx_ms (line 1): Expected a finite number.", "\"onnx_ms\":null", "\"onnx_ms\":\"2\"")]
    [InlineData("{MACHINE, \"results\": [GOOD]}", "at $.results[0].threads (line 1): ", "\"threads\":1", "\"threads\":null")]
    [InlineData("{MACHINE, \"results\": [GOOD]}", "'threads'", "\"threads\":1", "\"threads\":1,\"threads\":2")]
    public void A_damaged_file_is_named_with_the_place_and_the_command_that_writes_it_anew(string text, string said, string right = "", string wrong = "")
    {
        // The last entry is the one that is wrong.
        var good = BenchmarkFile.ToLine(Results.Of("a/train/forward", "1x2"));
        text = text.Replace("MACHINE", $"\"machine\": {System.Text.Json.JsonSerializer.Serialize(Results.Machine)}").Replace("GOOD]", (right == "" ? good : good.Replace(right, wrong)) + "]").Replace("GOOD", good);
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
