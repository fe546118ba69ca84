using Microsoft.CodeAnalysis;

namespace BnNotebooks.Live.Showing;

/// <summary>What became of a cell, for the page.</summary>
/// <param name="Ms">How long it took, in milliseconds.</param>
/// <param name="Outputs">What it printed and showed.</param>
/// <param name="Errors">Why it did not compile; then nothing ran.</param>
/// <param name="Failure">What it threw, or null.</param>
sealed record CellResult(long Ms, IReadOnlyList<OutputPart> Outputs, IReadOnlyList<CompileError> Errors, Failure? Failure);

/// <summary>A compiler's error at its place in the cell; lines and columns count from 1.</summary>
sealed record CompileError(int Line, int Column, int EndLine, int EndColumn, string Id, string Message)
{
    public static CompileError Of(Diagnostic diagnostic)
    {
        var (from, to) = (diagnostic.Location.GetLineSpan().StartLinePosition, diagnostic.Location.GetLineSpan().EndLinePosition);
        return new(from.Line + 1, from.Character + 1, to.Line + 1, to.Character + 1, diagnostic.Id, diagnostic.GetMessage(null));
    }
}

/// <summary>An exception that a cell threw.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Details">Where it came from, without the runtime's own lines.</param>
sealed record Failure(string Name, string Message, string Details)
{
    public static Failure Of(Exception error)
    {
        if (Chain(error).Any(cause => cause is TypeInitializationException { TypeName: "TorchSharp.torch" } or DllNotFoundException
            || (cause.StackTrace ?? "").Contains("LoadNativeBackend", StringComparison.Ordinal)))
            return new("TorchSharp", "This cell calls TorchSharp, whose libtorch does not run in a browser. Its recorded output is from a run of the notebook.", "");
        var lines = (error.StackTrace ?? "").Split('\n').TakeWhile(line => !line.Contains("BnNotebooks.Live", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("---", StringComparison.Ordinal));
        return new(error.GetType().Name, error.Message, string.Join('\n', lines).TrimEnd());
    }

    static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }
}
