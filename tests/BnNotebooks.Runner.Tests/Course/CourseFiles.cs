using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>The notebooks of this repository.</summary>
static class CourseFiles
{
    /// <summary>The checkout that holds the tests.</summary>
    public static string Root { get; } = FindRoot();

    static readonly Lazy<NotebookDocument[]> All = new(() =>
        [.. Directory.GetFiles(Path.Combine(Root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(NotebookDocument.Load)]);

    /// <summary>All notebooks in order.</summary>
    public static IReadOnlyList<NotebookDocument> Notebooks => All.Value;

    /// <summary>Their names, for tests of each.</summary>
    public static TheoryData<string> Names => [.. Notebooks.Select(notebook => notebook.Name)];

    /// <summary>The notebook with a name.</summary>
    public static NotebookDocument Named(string name) => Notebooks.Single(notebook => notebook.Name == name);

    /// <summary>All Markdown of a notebook.</summary>
    public static string Prose(this NotebookDocument notebook) =>
        string.Join("\n\n", notebook.Cells.Where(cell => cell.Kind == "markdown").Select(cell => cell.Source));

    /// <summary>All C# of a notebook's cells.</summary>
    public static string Code(this NotebookDocument notebook) =>
        string.Join("\n", notebook.Cells.Where(cell => cell.Kind == "code" && cell.KernelName is null or "csharp").Select(cell => cell.Source));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BnNotebooks.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
