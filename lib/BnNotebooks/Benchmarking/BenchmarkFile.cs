using System.Text.Encodings.Web;
using System.Text.Json;

namespace BnNotebooks.Benchmarking;

/// <summary>
/// A run of <c>dotnet bn.cs bench</c> as a file: a JSON object with the machine, and the results as an array, one a line.
/// </summary>
public static class BenchmarkFile
{
    static readonly JsonSerializerOptions Options = new(JsonList.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "forward+backward" with its plus sign
    };

    /// <summary>Where <c>dotnet bn.cs bench</c> writes: <c>out/bench.json</c> in this checkout.</summary>
    public static string LatestPath => RepositoryRoot.File("out", "bench.json");

    /// <summary>The full run that the repository carries: <c>data/bench.json</c>.</summary>
    public static string CommittedPath => RepositoryRoot.File("data", "bench.json");

    /// <summary>This machine's latest run, or the committed one if there was none here.</summary>
    /// <exception cref="IOException">There is neither, or the file is damaged.</exception>
    public static BenchmarkRun Latest()
    {
        // A run with a filter may lack what every chart starts from; then the committed run serves.
        var latest = File.Exists(LatestPath) ? Read(LatestPath) : null;
        return latest?.In(BenchmarkResult.Steady, threads: 1).Any() == true ? latest : Read(CommittedPath);
    }

    /// <summary>Reads a run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing, is not such an object, or lacks a field.</exception>
    public static BenchmarkRun Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There are no benchmark results at {path}. Measure them with `dotnet bn.cs bench`.", path);
        try
        {
            var run = JsonList.ParseOne<BenchmarkRun>(path, File.ReadAllText(path), Options);
            JsonList.RequireAll(path, "$.results", run.Results);
            return run;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} Write it anew with `dotnet bn.cs bench`.", error);
        }
    }

    /// <summary>Writes a run, whole or not at all.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="run">The run, its results in the order in which they are to stand.</param>
    public static void Write(string path, BenchmarkRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        WholeFile.Write(path, $$"""
            {"machine":{{JsonSerializer.Serialize(run.Machine, Options)}},
            "results":[
            {{string.Join(",\n", run.Results.Select(ToLine))}}
            ]}

            """);
    }

    /// <summary>One result as one line of JSON.</summary>
    public static string ToLine(BenchmarkResult result) => JsonSerializer.Serialize(result, Options);

    /// <summary>Reads one line of JSON.</summary>
    /// <exception cref="JsonException">The line is not a result.</exception>
    public static BenchmarkResult FromLine(string line) =>
        JsonSerializer.Deserialize<BenchmarkResult>(line, Options) ?? throw new JsonException("The line says null.");
}
