using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace BnNotebooks.Runner.Execution;

/// <summary>The inside of a notebook's own process: runs the cells that the Runner sends, and tells what comes of them.</summary>
static class NotebookHost
{
    /// <summary>Serves requests until the Runner says goodbye, or is no longer there.</summary>
    /// <param name="requestPipe">The handle of the pipe to read from.</param>
    /// <param name="messagePipe">The handle of the pipe to write to.</param>
    public static int Serve(string requestPipe, string messagePipe)
    {
        // Ctrl-C reaches every process of the terminal. What becomes of a notebook is for the Runner to decide.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var requests = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requestPipe));
        using var messages = new MessageWriter(new AnonymousPipeClientStream(PipeDirection.Out, messagePipe));
        using var kernel = CreateKernel();
        using var subscription = kernel.KernelEvents.Subscribe(new EventForwarder(messages));
        messages.Send(new(HostMessageKind.Ready));

        // This thread does nothing but read, so that it sees the Runner's end however busy a cell keeps the thread pool.
        var running = Task.CompletedTask;
        while (requests.ReadLine() is { } line)
        {
            if (HostProtocol.FromLine<HostRequest>(line) is not { Code: { } code } request)
            {
                running.Wait();
                Environment.Exit(0); // not return: a notebook may have left threads behind that would keep us here
                return 0;
            }

            running = RunAsync(kernel, new SubmitCode(code, request.Kernel), messages);
        }

        Process.GetCurrentProcess().Kill(); // the Runner is gone
        return 1;
    }

    static CompositeKernel CreateKernel()
    {
        var kernel = new CompositeKernel();
        kernel.Add(new CSharpKernel().UseKernelHelpers());
        kernel.Add(new HtmlKernel());
        kernel.DefaultKernelName = "csharp";
        return kernel;
    }

    static async Task RunAsync(CompositeKernel kernel, SubmitCode cell, MessageWriter messages)
    {
        var result = await kernel.SendAsync(cell);
        messages.Send(result.Events.OfType<CommandFailed>().LastOrDefault() is { } failed
            ? new(HostMessageKind.Failed, Failure: FailureReader.Read(failed))
            : new(HostMessageKind.Succeeded));
    }

    sealed class MessageWriter(Stream pipe) : IDisposable
    {
        readonly Lock gate = new();
        readonly StreamWriter writer = new(pipe) { AutoFlush = true };

        public void Send(HostMessage message)
        {
            var line = HostProtocol.ToLine(message) + "\n";
            lock (gate)
                writer.Write(line);
        }

        public void Dispose() => writer.Dispose();
    }

    sealed class EventForwarder(MessageWriter messages) : IObserver<KernelEvent>
    {
        public void OnNext(KernelEvent happened)
        {
            switch (happened)
            {
                case StandardOutputValueProduced output:
                    messages.Send(new(HostMessageKind.StandardOutput, TextOf(output)));
                    break;
                case StandardErrorValueProduced error:
                    messages.Send(new(HostMessageKind.StandardError, TextOf(error)));
                    break;
                case DiagnosticsProduced { FormattedDiagnostics: { Count: > 0 } diagnostics }:
                    var lines = diagnostics.Select(diagnostic => diagnostic.Value + "\n");
                    messages.Send(new(HostMessageKind.StandardError, string.Concat(lines)));
                    break;
                case DisplayedValueProduced displayed:
                    messages.Send(new(HostMessageKind.Display, Data: DataOf(displayed)));
                    break;
                case ReturnValueProduced returned:
                    messages.Send(new(HostMessageKind.Result, Data: DataOf(returned)));
                    break;
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        static string TextOf(DisplayEvent shown) => string.Concat(shown.FormattedValues.Select(value => value.Value));

        static Dictionary<string, string> DataOf(DisplayEvent shown) =>
            shown.FormattedValues.DistinctBy(value => value.MimeType).ToDictionary(value => value.MimeType, value => value.Value);
    }
}
