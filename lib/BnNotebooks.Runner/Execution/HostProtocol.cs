using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks.Runner.Execution;

/// <summary>What the Runner asks of a notebook's process: run a cell, or (with no code) leave.</summary>
sealed record HostRequest(string? Code, string? Kernel);

/// <summary>What a notebook's process has to tell.</summary>
enum HostMessageKind
{
    /// <summary>The kernels stand ready for the first cell.</summary>
    Ready,

    /// <summary><see cref="HostMessage.Text"/> was written to the console.</summary>
    StandardOutput,

    /// <summary><see cref="HostMessage.Text"/> was written to the console's error stream, or comes from the compiler.</summary>
    StandardError,

    /// <summary>A value was displayed; <see cref="HostMessage.Data"/> has one text for each MIME type.</summary>
    Display,

    /// <summary>The value of the cell's last expression.</summary>
    Result,

    /// <summary>The cell has ended well.</summary>
    Succeeded,

    /// <summary>The cell has ended with <see cref="HostMessage.Failure"/>.</summary>
    Failed,
}

/// <summary>One message from a notebook's process.</summary>
sealed record HostMessage(
    HostMessageKind Kind,
    string? Text = null,
    IReadOnlyDictionary<string, string>? Data = null,
    CellFailure? Failure = null);

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind of error: nbformat's <c>ename</c>.</param>
/// <param name="Value">What it says: nbformat's <c>evalue</c>.</param>
/// <param name="Summary">One line for reports.</param>
/// <param name="Trace">The stack or the compiler's errors, line by line.</param>
/// <param name="Line">The line within the cell, counted from 1, where that is known.</param>
sealed record CellFailure(string Name, string Value, string Summary, IReadOnlyList<string> Trace, int? Line = null);

/// <summary>Messages travel as lines of JSON, through pipes of their own that no print in a notebook can reach.</summary>
static class HostProtocol
{
    static readonly JsonSerializerOptions Style = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string ToLine<T>(T message) => JsonSerializer.Serialize(message, Style);

    public static T FromLine<T>(string line) => JsonSerializer.Deserialize<T>(line, Style)!;
}
