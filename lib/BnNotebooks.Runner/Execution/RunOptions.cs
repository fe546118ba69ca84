using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>What to run, and how.</summary>
/// <param name="Names">The notebooks, or none for all.</param>
/// <param name="Folder">Where they are.</param>
/// <param name="Out">Where the executed copies, the report and the pages go.</param>
/// <param name="Jobs">How many notebooks run at once.</param>
/// <param name="CellTimeout">How long a cell may take.</param>
/// <param name="Update">Whether to rewrite the outputs in the notebooks' own folder.</param>
sealed record RunOptions(
    IReadOnlyList<string> Names, string Folder, string Out, int Jobs, TimeSpan CellTimeout, bool Update)
{
    /// <summary>What executes them: <c>runner</c> or <c>jupyter</c>.</summary>
    public string Host { get; init; } = "runner";

    /// <summary>Whether Jupyter executes them, with the .NET kernel.</summary>
    public bool InJupyter => Host == "jupyter";

    /// <summary>All notebooks, as they are run where nothing else is said.</summary>
    public static RunOptions Default { get; } = new(
        [], "notebooks", "out", Math.Max(1, Environment.ProcessorCount / 2), TimeSpan.FromSeconds(120), Update: false);

    /// <summary>Where the executed copies go.</summary>
    public string Copies => Path.Combine(Out, "notebooks");

    /// <summary>Where what the notebooks measure for the claims goes.</summary>
    public string Claims => Path.GetFullPath(Path.Combine(Out, "claims"));
}

/// <summary>What a run leaves to other parts of the Runner.</summary>
/// <param name="Environment">Says what the run ran on.</param>
/// <param name="AddChartImages">Adds a static image to each chart of the notebooks, in place. Returns what could not be drawn.</param>
/// <param name="WriteThumbnails">Writes a small picture of each notebook that the course's book knows. Returns what could not be drawn.</param>
/// <param name="WriteSite">Writes the static pages of the notebooks that ran. Returns what could not be shown.</param>
sealed record RunParts(
    Func<RunEnvironment> Environment,
    Func<IReadOnlyList<NotebookDocument>, IReadOnlyList<string>> AddChartImages,
    Func<RunOptions, IReadOnlyList<NotebookDocument>, IReadOnlyList<string>> WriteThumbnails,
    Func<RunOptions, IReadOnlyList<NotebookRun>, RunReport, IReadOnlyList<string>> WriteSite);
