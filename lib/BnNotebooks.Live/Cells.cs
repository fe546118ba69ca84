using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using BnNotebooks.Live.Compiling;
using BnNotebooks.Live.Showing;
using BnNotebooks.Live.Writing;

namespace BnNotebooks.Live;

/// <summary>What the page calls. Answers are JSON.</summary>
static partial class Cells
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);
    static Session session = new();

    static Cells() => CourseFiles.Unpack();

    /// <summary>Forgets all cells that ran.</summary>
    [JSExport]
    public static void Reset() => session = new();

    /// <summary>Runs a cell: a <see cref="CellResult"/>.</summary>
    [JSExport]
    public static async Task<string> Run(string code)
    {
        var output = CellOutput.Begin();
        var clock = Stopwatch.StartNew();
        IReadOnlyList<CompileError> errors = [];
        Failure? failure = null;
        try
        {
            foreach (var part in Parts(code))
            {
                var (value, found) = await session.Run(part);
                errors = [.. found.Select(CompileError.Of)];
                if (errors.Count > 0)
                    break;
                output.Show(value);
            }
        }
        catch (Exception error)
        {
            failure = Failure.Of(error);
        }
        return JsonSerializer.Serialize(new CellResult(clock.ElapsedMilliseconds, output.Parts(), errors, failure), json);
    }

    /// <summary>What could be written at a place: a list of <see cref="Suggestion"/>.</summary>
    [JSExport]
    public static string Complete(string code, int position) => JsonSerializer.Serialize(Completion.At(session.Compile(code), position), json);

    /// <summary>What the call around a place can be given: <see cref="CallHelp"/>, or null.</summary>
    [JSExport]
    public static string Signatures(string code, int position) => JsonSerializer.Serialize(CallHelp.At(session.Compile(code), position), json);

    // "#!csharp" in a line of its own ends a submission, as in a notebook.
    static IEnumerable<string> Parts(string code) => code.ReplaceLineEndings("\n").Split("#!csharp\n");
}
