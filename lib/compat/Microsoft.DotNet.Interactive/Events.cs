using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>Something that happened while a command ran.</summary>
public abstract class KernelEvent
{
    internal KernelEvent(KernelCommand command) => Command = command;

    /// <summary>The command it happened for.</summary>
    public KernelCommand Command { get; }
}

/// <summary>A cell has arrived at its kernel.</summary>
public class CodeSubmissionReceived(SubmitCode command) : KernelEvent(command)
{
    /// <summary>The text of the cell.</summary>
    public string Code { get; } = command.Code;
}

/// <summary>The cell is whole, so that it can be run.</summary>
public class CompleteCodeSubmissionReceived(SubmitCode submitCode) : KernelEvent(submitCode)
{
    /// <summary>The text of the cell.</summary>
    public string Code { get; } = submitCode.Code;
}

/// <summary>The cell ends too early, for example inside a block.</summary>
public class IncompleteCodeSubmissionReceived(SubmitCode submitCode) : KernelEvent(submitCode);

/// <summary>Something to be shown.</summary>
public abstract class DisplayEvent : KernelEvent
{
    internal DisplayEvent(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(command)
    {
        Value = value;
        FormattedValues = formattedValues;
    }

    /// <summary>The value itself.</summary>
    public object? Value { get; }

    /// <summary>The value as text, once for each MIME type.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedValues { get; }
}

/// <summary>A value was displayed.</summary>
public class DisplayedValueProduced : DisplayEvent
{
    internal DisplayedValueProduced(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(value, command, formattedValues) { }
}

/// <summary>The value of a cell's last expression.</summary>
public class ReturnValueProduced : DisplayEvent
{
    internal ReturnValueProduced(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(value, command, formattedValues) { }
}

/// <summary>A cell wrote to the console.</summary>
public class StandardOutputValueProduced : DisplayEvent
{
    internal StandardOutputValueProduced(KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(null, command, formattedValues) { }
}

/// <summary>A cell wrote to the console's error stream.</summary>
public class StandardErrorValueProduced : DisplayEvent
{
    internal StandardErrorValueProduced(KernelCommand command, IReadOnlyCollection<FormattedValue> formattedValues)
        : base(null, command, formattedValues) { }
}

/// <summary>The compiler has errors or warnings to report.</summary>
public class DiagnosticsProduced : KernelEvent
{
    internal DiagnosticsProduced(IReadOnlyCollection<FormattedValue> formattedDiagnostics, KernelCommand command)
        : base(command) => FormattedDiagnostics = formattedDiagnostics;

    /// <summary>One text for each diagnostic.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedDiagnostics { get; }
}

/// <summary>The last event of a command.</summary>
public abstract class KernelCommandCompletionEvent : KernelEvent
{
    internal KernelCommandCompletionEvent(KernelCommand command) : base(command) { }
}

/// <summary>A command has ended well.</summary>
public class CommandSucceeded : KernelCommandCompletionEvent
{
    internal CommandSucceeded(KernelCommand command) : base(command) { }
}

/// <summary>A command has failed.</summary>
public class CommandFailed : KernelCommandCompletionEvent
{
    internal CommandFailed(Exception exception, KernelCommand command, string? message)
        : base(command)
    {
        Exception = exception;
        Message = message ?? exception.ToString();
    }

    /// <summary>What went wrong.</summary>
    public Exception Exception { get; }

    /// <summary>The compiler's errors, or the exception with its stack.</summary>
    public string Message { get; set; }
}
