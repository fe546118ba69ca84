using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>A notebook's place on disk, and the text that was there when it was read.</summary>
sealed class NotebookFile(string path)
{
    string? text;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Reads the notebook.</summary>
    /// <exception cref="NotebookFormatException">It cannot be read, or is not a notebook; the message says why.</exception>
    public NotebookDocument Read()
    {
        try
        {
            text = File.ReadAllText(Path);
            var document = NotebookDocument.Parse(Name, text);
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
    public bool HasChanged() => !File.Exists(Path) || File.ReadAllText(Path) != text;
}
