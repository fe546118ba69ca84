using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>Gathers what happens while one command runs.</summary>
sealed class KernelInvocationContext(Kernel kernel, CancellationToken cancellationToken)
{
    static readonly AsyncLocal<KernelInvocationContext?> Ambient = new();

    readonly Lock gate = new();
    readonly List<KernelEvent> events = [];
    (Exception Exception, string? Message)? failure;
    bool finished;

    /// <summary>The context of the cell that this code was called from.</summary>
    public static KernelInvocationContext? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The kernel at work: that of the cell, or of the part of it that runs now.</summary>
    public Kernel Kernel { get; private set; } = kernel;

    /// <summary>The command being handled.</summary>
    public KernelCommand? Command { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    public bool HasFailed => failure is not null;

    public IReadOnlyList<KernelEvent> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public void Enter(Kernel handler, KernelCommand command)
    {
        Kernel = handler;
        Command = command;
    }

    /// <summary>Publishes an event; one that comes after the end (from a thread that outlived its cell) is dropped.</summary>
    public void Publish(KernelEvent happened)
    {
        lock (gate)
        {
            if (finished)
                return;
            events.Add(happened);
            Kernel.Raise(happened);
        }
    }

    public void Fail(Exception exception, string? message = null) => failure ??= (exception, message);

    public void Finish(KernelCommand command)
    {
        Publish(failure is var (exception, message)
            ? new CommandFailed(exception, command, message)
            : new CommandSucceeded(command));
        lock (gate)
            finished = true;
    }
}
