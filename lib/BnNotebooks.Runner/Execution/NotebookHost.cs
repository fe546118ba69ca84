using System.Diagnostics;
using System.IO.Pipes;
using System.Reactive.Disposables;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Utility;

namespace BnNotebooks.Runner.Execution;

/// <summary>The inside of a notebook's own process: runs the cells that the Runner sends, and tells what comes of them.</summary>
static class NotebookHost
{
    /// <summary>Serves requests until the Runner says goodbye, or is no longer there.</summary>
    /// <param name="requestPipe">The handle of the pipe to read from.</param>
    /// <param name="messagePipe">The handle of the pipe to write to.</param>
    public static int Serve(string requestPipe, string messagePipe)
    {
        Descendants.Adopt();

        // Ctrl-C reaches every process of the terminal. What becomes of a notebook is for the Runner to decide.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var requests = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requestPipe));
        using var messages = new MessageWriter(new AnonymousPipeClientStream(PipeDirection.Out, messagePipe));
        using var kernel = CreateKernel();
        var output = new CellOutput(messages.Send);
        using var subscription = kernel.KernelEvents.Subscribe(new EventForwarder(output));
        KeepKernelFromTheConsole();
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

            running = RunAsync(kernel, new SubmitCode(code, request.Kernel), output, messages);
        }

        Descendants.End(); // the Runner is gone
        Process.GetCurrentProcess().Kill();
        return 1;
    }

    static CompositeKernel CreateKernel()
    {
        var kernel = new CompositeKernel();
        kernel.Add(WithLineNumbers(new CSharpKernel()).UseKernelHelpers());
        kernel.Add(new HtmlKernel());
        kernel.DefaultKernelName = "csharp";
        return kernel;
    }

    // The kernel compiles cells without what a stack trace needs to know its lines, and has no setting for it.
    static CSharpKernel WithLineNumbers(CSharpKernel kernel)
    {
        var options = typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic)!;
        options.SetValue(kernel, ((ScriptOptions)options.GetValue(kernel)!).WithEmitDebugInformation(true));
        return kernel;
    }

    // The kernel takes the console when its first subscriber comes, and gives it back when the last one goes. This one stays,
    // on a thread whose context no cell inherits.
    static void KeepKernelFromTheConsole() => Task.Run(() => ConsoleOutput.Subscribe(_ => Disposable.Empty)).Wait();

    static async Task RunAsync(CompositeKernel kernel, SubmitCode cell, CellOutput output, MessageWriter messages)
    {
        HostMessage end;
        try
        {
            output.Begin();
            var result = await kernel.SendAsync(cell);
            end = result.Events.OfType<CommandFailed>().LastOrDefault() is { } failed
                ? new(HostMessageKind.Failed, Failure: FailureReader.Read(failed))
                : new(HostMessageKind.Succeeded);
        }
        catch (Exception error) // for example, an exception of the cell's own throws when it is asked what it says
        {
            end = new(HostMessageKind.Failed, Failure: FailureReader.Read(error, []));
        }

        output.End();
        messages.Send(end);
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

    sealed class EventForwarder(CellOutput output) : IObserver<KernelEvent>
    {
        public void OnNext(KernelEvent happened)
        {
            switch (happened)
            {
                case DiagnosticsProduced { FormattedDiagnostics: { Count: > 0 } diagnostics }:
                    var lines = diagnostics.Select(diagnostic => diagnostic.Value + "\n");
                    output.Print(HostMessageKind.StandardError, string.Concat(lines));
                    break;
                case DisplayedValueProduced displayed:
                    output.Show(HostMessageKind.Display, DataOf(displayed));
                    break;
                case ReturnValueProduced returned:
                    output.Show(HostMessageKind.Result, DataOf(returned));
                    break;
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        static Dictionary<string, string> DataOf(DisplayEvent shown) =>
            shown.FormattedValues.DistinctBy(value => value.MimeType).ToDictionary(value => value.MimeType, value => value.Value);
    }
}
