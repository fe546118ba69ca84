using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Runs cells of one language, one after another, and tells what happens while they run.</summary>
public abstract class Kernel : IDisposable
{
    readonly EventStream events = new();
    readonly SemaphoreSlim oneAtATime = new(1);

    static Kernel()
    {
        DisplayExtensions.Show = Show;
        ConsoleCapture.Install();
    }

    internal Kernel(string name) => Name = name;

    /// <summary>What cells and commands call this kernel.</summary>
    public string Name { get; }

    /// <summary>The kernel that this one was added to.</summary>
    public CompositeKernel? ParentKernel { get; internal set; }

    /// <summary>Every event of this kernel and of those below it, as it happens.</summary>
    public IObservable<KernelEvent> KernelEvents => events;

    /// <summary>Runs a command after those sent before it.</summary>
    public async Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var context = new KernelInvocationContext(this, cancellationToken);
            await Task.Run(() => RunAsync((SubmitCode)command, context), cancellationToken);
            return new(command, context.Events);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Displays a value from a cell.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);

    /// <summary>Marks a text as HTML, so that it is shown as such.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Ends the event stream.</summary>
    public void Dispose()
    {
        events.End();
        oneAtATime.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs one cell; a failure is told to the context, or thrown.</summary>
    internal abstract Task HandleAsync(SubmitCode command, KernelInvocationContext context);

    internal void Raise(KernelEvent happened)
    {
        events.Send(happened);
        ParentKernel?.Raise(happened);
    }

    async Task RunAsync(SubmitCode command, KernelInvocationContext context)
    {
        KernelInvocationContext.Current = context;
        try
        {
            await HandleAsync(command, context);
        }
        catch (Exception error)
        {
            context.Fail(error);
        }

        context.Finish(command);
    }

    static void Show(DisplayedValue displayed)
    {
        if (KernelInvocationContext.Current is { Command: { } command } context)
            context.Publish(new DisplayedValueProduced(displayed.Value, command, displayed.FormattedValues));
        else
            DisplayExtensions.WriteToConsole(displayed);
    }
}

/// <summary>What came of a command.</summary>
public class KernelCommandResult
{
    internal KernelCommandResult(KernelCommand command, IReadOnlyList<KernelEvent> events)
    {
        Command = command;
        Events = events;
    }

    /// <summary>The command.</summary>
    public KernelCommand Command { get; }

    /// <summary>Its events in the order in which they happened.</summary>
    public IReadOnlyList<KernelEvent> Events { get; }
}
