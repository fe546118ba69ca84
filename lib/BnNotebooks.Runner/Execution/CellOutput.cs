using System.Globalization;
using System.Text;

namespace BnNotebooks.Runner.Execution;

/// <summary>
/// Passes on what a cell prints and shows, as much of it as a page can hold. The rest is dropped here, where it arises, so
/// that it fills no memory on its way; a note takes its place.
/// </summary>
sealed class CellOutput(Action<HostMessage> send)
{
    const int MostPrinted = 1_000_000, MostShown = 5_000_000; // characters
    const int Envelope = 200; // what a value takes in the notebook besides its text

    readonly Lock gate = new();
    int printable = -1, showable = -1; // what is left; negative once more came, and between cells
    bool isLeftOutTold;

    /// <summary>A cell begins: what it prints is heard from now on.</summary>
    public void Begin()
    {
        (printable, showable, isLeftOutTold) = (MostPrinted, MostShown, false);
        Console.SetOut(new Printer(this, HostMessageKind.StandardOutput)); // an earlier cell may have set another
        Console.SetError(new Printer(this, HostMessageKind.StandardError));
    }

    /// <summary>The cell is over. A thread that it left behind talks to nobody.</summary>
    public void End()
    {
        lock (gate)
            printable = showable = -1;
    }

    /// <summary>Passes on what the cell printed.</summary>
    public void Print(HostMessageKind kind, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (printable < 0)
                return;
            var fitting = text[..Math.Min(text.Length, printable)];
            printable -= text.Length;
            var note = printable < 0 ? Note($"\n… a cell may print {MostPrinted:N0} characters; the rest is left out.\n") : "";
            if (fitting.Length + note.Length > 0)
                send(new(kind, $"{fitting}{note}"));
        }
    }

    /// <summary>Passes on a value, one text for each MIME type.</summary>
    public void Show(HostMessageKind kind, IReadOnlyDictionary<string, string> data)
    {
        lock (gate)
        {
            var size = Envelope + data.Sum(pair => (long)pair.Value.Length);
            if (size <= showable)
            {
                showable -= (int)size;
                send(new(kind, Data: data));
            }
            else if (!isLeftOutTold && showable >= 0)
            {
                isLeftOutTold = true;
                var note = Note($"… a cell may show {MostShown:N0} characters in all; a value of {size - Envelope:N0} is left out, and what does not fit after it.");
                send(new(kind, Data: new Dictionary<string, string> { [MimeTypes.Plain] = note }));
            }
        }
    }

    static string Note(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // The console while a cell runs. The writer of the kernel's own keeps every print three times over until the cell ends.
    sealed class Printer(CellOutput output, HostMessageKind kind) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => output.Print(kind, [value]);

        public override void Write(ReadOnlySpan<char> buffer) => output.Print(kind, buffer);

        public override void Write(char[] buffer, int index, int count) => output.Print(kind, buffer.AsSpan(index, count));

        public override void Write(string? value) => output.Print(kind, value);

        public override void WriteLine(string? value)
        {
            if (value?.Length < MostPrinted)
                output.Print(kind, value + NewLine); // one message a line rather than two
            else
                base.WriteLine(value);
        }
    }
}
