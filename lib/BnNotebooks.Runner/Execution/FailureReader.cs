using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace BnNotebooks.Runner.Execution;

/// <summary>Finds in a kernel's failure event what a reader of the notebook wants to know, and keeps it short.</summary>
static partial class FailureReader
{
    /// <summary>How many characters of a failure stand in a report's line.</summary>
    public const int LongestSummary = 300;

    const int LongestText = 2_000, MostLines = 100;

    public static CellFailure Read(CommandFailed failed)
    {
        var trace = Trace(failed.Message);
        if (failed.Exception is CodeSubmissionCompilationErrorException)
        {
            // The stderr stream shows the errors already; like the editors, the error itself says only this much.
            return new("Cell not executed", "compilation error", Short(trace[0], LongestSummary), [], LineOf(trace[0]));
        }

        return failed.Exception is { } exception
            ? Read(exception, trace)
            : new("Error", trace[0], Short(trace[0], LongestSummary), trace);
    }

    /// <summary>What an exception says, wherever it comes from.</summary>
    public static CellFailure Read(Exception exception, IReadOnlyList<string> trace)
    {
        var (name, message) = (exception.GetType().FullName!, exception.Message);
        return new(
            name, Short(message), $"{name}: {Short(message, LongestSummary).ReplaceLineEndings(" ")}", trace, LineOf(exception));
    }

    /// <summary>A text that may hold a whole file, cut to what fits on a page.</summary>
    public static string Short(string text, int longest = LongestText) => text.Length <= longest
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, longest)} … ({text.Length:N0} characters in all)");

    // The first lines say what happened and where it began, the last ones which cell led there.
    static string[] Trace(string message)
    {
        var lines = message.ReplaceLineEndings("\n").Replace(" in :line ", ", line ", StringComparison.Ordinal).TrimEnd().Split('\n');
        var left = lines.Length - MostLines;
        if (left > 0)
            lines = [.. lines[..(MostLines / 2)], $"   … {left} more lines …", .. lines[^(MostLines / 2)..]];
        return [.. lines.Select(line => Short(line))];
    }

    // The compiler's "(3,9): error CS0029: …"; an error in a loaded script has a path before the bracket and no line here.
    static int? LineOf(string diagnostic) => PlaceOfDiagnostic().Match(diagnostic) is { Success: true } place
        ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture)
        : null;

    // The outermost frame that knows its line is of the running cell; those within it may be of earlier cells or of a
    // library. If it names a file, a script that the cell loads threw while it was being loaded.
    static int? LineOf(Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: true).GetFrames().LastOrDefault(frame => frame.GetFileLineNumber() > 0) is { } frame
        && string.IsNullOrEmpty(frame.GetFileName())
            ? frame.GetFileLineNumber()
            : null;

    [GeneratedRegex(@"^\((?<line>\d+),\d+\)")]
    private static partial Regex PlaceOfDiagnostic();
}
