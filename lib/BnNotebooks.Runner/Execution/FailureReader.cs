using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace BnNotebooks.Runner.Execution;

/// <summary>Finds in a kernel's failure event what a reader of the notebook wants to know.</summary>
static partial class FailureReader
{
    public static CellFailure Read(CommandFailed failed)
    {
        var trace = failed.Message.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        if (failed.Exception is CodeSubmissionCompilationErrorException)
        {
            // The stderr stream shows the errors already; like the editors, the error itself says only this much.
            var line = LineOf(PlaceOfDiagnostic().Match(trace[0]));
            return new("Cell not executed", "compilation error", trace[0], [], line);
        }

        if (failed.Exception is not { } exception)
            return new("Error", trace[0], trace[0], trace);

        var name = exception.GetType().FullName!;
        var summary = $"{name}: {exception.Message.ReplaceLineEndings(" ")}";
        return new(name, exception.Message, summary, trace, LineOf(PlacesInStack().Matches(exception.StackTrace ?? "").LastOrDefault()));
    }

    static int? LineOf(Match? match) =>
        match is { Success: true } ? int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture) : null;

    // "(3,9): error CS0029: …"; an error in a loaded script has a path before the bracket and no line in this cell.
    [GeneratedRegex(@"^\((?<line>\d+),\d+\)")]
    private static partial Regex PlaceOfDiagnostic();

    // Frames of a cell end in "cell:line 3" where the kernel knows lines. The outermost, which comes last, is of the cell
    // that was running; those before it may be of functions from earlier cells.
    [GeneratedRegex(@"\bcell:line (?<line>\d+)")]
    private static partial Regex PlacesInStack();
}
