using System.Text;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>A notebook's place on disk, and what was there when it was read.</summary>
sealed class NotebookFile(string path)
{
    const int MostBytes = 100_000_000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    byte[] bytes = [];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Reads the notebook.</summary>
    /// <exception cref="NotebookFormatException">It cannot be read, or is not a notebook; the message says why.</exception>
    public NotebookDocument Read()
    {
        try
        {
            if (Name.Equals("index", StringComparison.OrdinalIgnoreCase))
                throw new NotebookFormatException("would have the page index.html, which is the front page of all; give it another name.");
            if (new FileInfo(WholeFile.Target(Path)).Length is var length && length is 0 or > MostBytes) // a pipe and a device have 0
                throw new NotebookFormatException($"has {length} bytes; a notebook has from 1 to {MostBytes}.");
            bytes = File.ReadAllBytes(Path);
            var document = NotebookDocument.Parse(Name, Text());
            foreach (var cell in document.Cells)
                _ = (cell.Kind, cell.Id, cell.Source, cell.KernelName); // throws here rather than halfway through a run
            return document;
        }
        catch (NotebookFormatException error)
        {
            throw new NotebookFormatException($"{Path} {error.Message} The file was left as it is.", error);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new NotebookFormatException($"{Path} does not have the form of a notebook: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"{Path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>True if someone has changed the file since it was read.</summary>
    public bool HasChanged() => !File.Exists(Path) || !File.ReadAllBytes(Path).AsSpan().SequenceEqual(bytes);

    string Text()
    {
        try
        {
            return Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new NotebookFormatException(
                $"is not UTF-8: there is a byte 0x{error.BytesUnknown![0]:X2} at position {error.Index}. Save it as UTF-8.", error);
        }
    }
}
