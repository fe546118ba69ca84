using System.Text.Encodings.Web;
using System.Text.Json;

namespace BnNotebooks.Benchmarking;

/// <summary>
/// The results of a run of <c>dotnet bn.cs bench</c> as a file: a JSON array of <see cref="BenchmarkResult"/>, one a line, and
/// beside it, with the ending <c>.txt</c>, what machine it was.
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

    /// <summary>The results of this machine's latest run, or of the committed one if there was none here.</summary>
    /// <exception cref="IOException">There is neither, or the file is damaged.</exception>
    public static IReadOnlyList<BenchmarkResult> Latest() => Read(PathOfLatest);

    /// <summary>The machine on which the <see cref="Latest"/> results were measured, in a line or a few.</summary>
    /// <exception cref="IOException">There is no such description.</exception>
    public static string LatestMachine() => ReadMachine(PathOfLatest);

    /// <summary>Reads results.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="IOException">The file is missing, is not such an array, or lacks a field.</exception>
    public static IReadOnlyList<BenchmarkResult> Read(string path)
    {
        try
        {
            return JsonList.Parse<BenchmarkResult>(path, Text(path), Options);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} Write it anew with `dotnet bn.cs bench`.", error);
        }
    }

    /// <summary>Reads what machine the results were measured on.</summary>
    /// <param name="path">The JSON file beside which it stands.</param>
    /// <exception cref="IOException">There is no such description.</exception>
    public static string ReadMachine(string path) => Text(MachinePath(path)).TrimEnd();

    /// <summary>Writes results and machine, whole or not at all.</summary>
    /// <param name="path">The JSON file; its folder is made if need be.</param>
    /// <param name="results">The results, in the order in which they are to stand.</param>
    /// <param name="machine">The machine they were measured on, in a line or a few.</param>
    public static void Write(string path, IEnumerable<BenchmarkResult> results, string machine)
    {
        WholeFile.Write(MachinePath(path), machine + "\n");
        WholeFile.Write(path, $"[\n{string.Join(",\n", results.Select(ToLine))}\n]\n");
    }

    /// <summary>One result as one line of JSON.</summary>
    public static string ToLine(BenchmarkResult result) => JsonSerializer.Serialize(result, Options);

    /// <summary>Reads one line of JSON.</summary>
    /// <exception cref="JsonException">The line is not a result.</exception>
    public static BenchmarkResult FromLine(string line) =>
        JsonSerializer.Deserialize<BenchmarkResult>(line, Options) ?? throw new JsonException("The line says null.");

    // A run with a filter may lack what every chart starts from; then the committed run serves.
    static string PathOfLatest => File.Exists(LatestPath)
        && Read(LatestPath).Any(result => (result.Setting, result.Threads) == (BenchmarkResult.Steady, 1))
            ? LatestPath : CommittedPath;

    static string MachinePath(string path) => Path.ChangeExtension(path, ".txt");

    static string Text(string path) => File.Exists(path)
        ? File.ReadAllText(path)
        : throw new FileNotFoundException($"There are no benchmark results at {path}. Measure them with `dotnet bn.cs bench`.", path);
}
