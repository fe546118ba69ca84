using System.Text;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// Turns what a cell writes to the console into events, as it is written. What is written by anything but a cell goes where
/// it went before.
/// </summary>
static class ConsoleCapture
{
    public static void Install()
    {
        Console.SetOut(new Writer(Console.Out, (command, text) => new StandardOutputValueProduced(command, text)));
        Console.SetError(new Writer(Console.Error, (command, text) => new StandardErrorValueProduced(command, text)));
    }

    sealed class Writer(TextWriter elsewhere, Func<KernelCommand, FormattedValue[], KernelEvent> toEvent) : TextWriter
    {
        public override Encoding Encoding => elsewhere.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + NewLine);

        public override void Write(string? value)
        {
            if (KernelInvocationContext.Current is not { Command: { } command } context)
                elsewhere.Write(value);
            else if (!string.IsNullOrEmpty(value))
                context.Publish(toEvent(command, [new(PlainTextFormatter.MimeType, value)]));
        }
    }
}
