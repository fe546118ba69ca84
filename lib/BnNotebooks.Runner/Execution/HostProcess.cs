using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;
using System.Threading.Channels;

namespace BnNotebooks.Runner.Execution;

/// <summary>A notebook's own process, seen from the Runner: whatever becomes of it, the Runner lives on.</summary>
sealed class HostProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // A process inherits whatever handles are open for inheritance while it starts, so no two may start at once: a
    // notebook that held its neighbour's pipe would hide the neighbour's end.
    static readonly Lock Starting = new();

    readonly Process process;
    readonly AnonymousPipeServerStream requestPipe;
    readonly AnonymousPipeServerStream messagePipe;
    readonly StreamWriter requests;
    readonly Channel<HostMessage> messages = Channel.CreateUnbounded<HostMessage>();
    readonly LastWords errors;

    HostProcess(Process process, AnonymousPipeServerStream requestPipe, AnonymousPipeServerStream messagePipe)
    {
        this.process = process;
        this.requestPipe = requestPipe;
        this.messagePipe = messagePipe;
        requests = new(requestPipe) { AutoFlush = true };
        errors = new(process.StandardError);
        _ = new LastWords(process.StandardOutput); // of no interest, but a full pipe would block the notebook
        new Thread(ReadMessages) { IsBackground = true, Name = "messages of a notebook" }.Start();
        _ = EndMessagesAfterExitAsync();
    }

    /// <summary>Starts a process whose current directory is the notebooks' folder.</summary>
    public static HostProcess Start(string folder)
    {
        lock (Starting)
        {
            var requestPipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var messagePipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var process = Descendants.Start(StartInfo(folder, requestPipe, messagePipe));
            process.StandardInput.Close(); // a cell that asks for input gets none, rather than waiting forever
            requestPipe.DisposeLocalCopyOfClientHandle();
            messagePipe.DisposeLocalCopyOfClientHandle();
            return new(process, requestPipe, messagePipe);
        }
    }

    /// <summary>Waits until the kernels are up. Returns what went wrong, or null.</summary>
    public async Task<CellFailure?> WaitUntilReadyAsync(CancellationToken cancellation)
    {
        var first = await NextAsync(StartTimeout, cancellation);
        return first?.Kind == HostMessageKind.Ready ? null : await DescribeEndAsync(StartTimeout);
    }

    /// <summary>Runs a cell and passes its messages on. Returns what went wrong, or null.</summary>
    public async Task<CellFailure?> RunAsync(
        string code, string? kernel, TimeSpan timeout, Action<HostMessage> onMessage, CancellationToken cancellation)
    {
        errors.Forget();
        try
        {
            await requests.WriteLineAsync(HostProtocol.ToLine(new HostRequest(code, kernel)).AsMemory(), cancellation);
        }
        catch (IOException)
        {
            return await DescribeEndAsync(timeout);
        }

        var watch = Stopwatch.StartNew();
        while (await NextAsync(timeout - watch.Elapsed, cancellation) is { } message)
        {
            switch (message.Kind)
            {
                case HostMessageKind.Succeeded:
                    return null;
                case HostMessageKind.Failed:
                    return message.Failure;
                default:
                    onMessage(message);
                    break;
            }
        }

        return await DescribeEndAsync(timeout);
    }

    /// <summary>Asks the process to leave, and sees to it that it does.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await requests.WriteLineAsync(HostProtocol.ToLine(new HostRequest(null, null)));
            await process.WaitForExitAsync().WaitAsync(Grace);
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            // It is gone already, or too busy to listen.
        }

        await EndAsync();
        await requestPipe.DisposeAsync();
        process.Dispose();
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    async Task EndAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        Descendants.EndWhatIsLeftBy(process);
    }

    // The next message, or null if time is up or the process has ended.
    async Task<HostMessage?> NextAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero);
        try
        {
            return await messages.Reader.ReadAsync(limit.Token);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    async Task<CellFailure> DescribeEndAsync(TimeSpan timeout)
    {
        if (!messages.Reader.Completion.IsCompleted)
        {
            Kill();
            var late = FormattableString.Invariant($"ran for more than {timeout.TotalSeconds:0.##} s and was stopped");
            return new("Timeout", late, late, []);
        }

        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Grace));
        await EndAsync();
        var words = await errors.ReadAsync(Grace);
        var said = string.Join(' ', words.TakeWhile(line => !line.StartsWith("   at ", StringComparison.Ordinal)).Take(3));
        said = FailureReader.Short(said, FailureReader.LongestSummary);
        var crash = $"the notebook's process ended with exit code {process.ExitCode}{(said == "" ? "" : ": " + said)}";
        return new("Crash", crash, crash, words);
    }

    // Closes the pipe itself when it ends: to close it elsewhere would wait for the read, and so for any program that a
    // cell has started and that still holds the other end.
    void ReadMessages()
    {
        try
        {
            using var reader = new StreamReader(messagePipe);
            while (reader.ReadLine() is { } line)
                messages.Writer.TryWrite(HostProtocol.FromLine<HostMessage>(line));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            // A process that dies in the middle of a line; one that was killed.
        }

        messages.Writer.TryComplete();
    }

    // The pipe closes with the process, unless a program that a cell started holds on to it.
    async Task EndMessagesAfterExitAsync()
    {
        await process.WaitForExitAsync();
        await Task.Delay(Grace);
        messages.Writer.TryComplete();
    }

    static ProcessStartInfo StartInfo(string folder, AnonymousPipeServerStream requests, AnonymousPipeServerStream messages)
    {
        // This program again: its own executable, or the dotnet host with the assembly as its argument.
        var program = Environment.ProcessPath!;
        string[] head = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(HostProcess).Assembly.Location] : [];
        return new ProcessStartInfo(
            program, [.. head, "host", requests.GetClientHandleAsString(), messages.GetClientHandleAsString()])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
