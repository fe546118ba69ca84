using System.Diagnostics;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>What all hosts do alike: read the notebook, and sum up what became of it.</summary>
abstract class ExecutorBase(IRunProgress progress) : INotebookExecutor
{
    protected IRunProgress Progress => progress;

    /// <inheritdoc/>
    public async Task<NotebookRun> RunAsync(NotebookFile file, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        NotebookRun run;
        try
        {
            var document = file.Read();
            var cells = document.Cells.Where(IsRunnable).ToList();
            progress.Started(document.Name, cells.Count);
            Clear(document);
            var (executed, error) = await RunCellsAsync(file, document, cells, cancellation);
            var failed = error is not null && executed > 0 ? 1 : 0;
            run = new(new(file.Name, cells.Count, executed, failed, Seconds(watch), CountCharts(document), error)
            {
                Stderr = FirstStderr(file, cells),
            }, document);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever it is, it is this notebook's trouble alone: the others still run.
            run = new(new(file.Name, 0, 0, 0, Seconds(watch), 0, $"{file.Name}: {error.Message}"), null);
        }

        progress.Finished(run.Result);
        return run;
    }

    /// <summary>Runs the cells in order, up to the first that fails, and puts their outputs into the document.</summary>
    /// <returns>How many were run, a failing one included, and what went wrong.</returns>
    protected abstract Task<(int Executed, string? Error)> RunCellsAsync(
        NotebookFile file, NotebookDocument document, IReadOnlyList<NotebookCell> cells, CancellationToken cancellation);

    /// <summary>Names a cell by the number that shows in brackets beside it once it has run.</summary>
    protected static string Place(NotebookFile file, NotebookCell cell, int count, int? line = null) =>
        $"{file.Name}, cell [{count}]"
        + (cell.Id == "" ? "" : $" (id {cell.Id})")
        + (line is null ? "" : $", line {line}");

    static bool IsRunnable(NotebookCell cell) =>
        cell.Kind == "code" && cell.KernelName != "markdown" && !string.IsNullOrWhiteSpace(cell.Source);

    static void Clear(NotebookDocument document)
    {
        foreach (var cell in document.Cells.Where(cell => cell.Kind == "code"))
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
        }
    }

    // As JSON for hosts that draw it, or as HTML with a script of its own.
    static int CountCharts(NotebookDocument document) => document.Cells.SelectMany(cell => cell.Outputs).Count(output =>
        output?["data"]?[MimeTypes.Plotly] is JsonObject
        || NotebookCell.TextOf(output?["data"]?[MimeTypes.Html]).Contains("id=\"bn-chart-", StringComparison.Ordinal));

    static string? FirstStderr(NotebookFile file, IReadOnlyList<NotebookCell> cells) => cells
        .SelectMany((cell, i) => cell.Outputs
            .Where(output => (string?)output?["name"] == "stderr")
            .Select(output => $"{Place(file, cell, i + 1)} wrote to stderr: {NotebookCell.TextOf(output!["text"]).Trim().Split('\n')[0]}"))
        .FirstOrDefault();

    static double Seconds(Stopwatch watch) => Math.Round(watch.Elapsed.TotalSeconds, 2);
}
