using System.Diagnostics;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Runs a notebook from top to bottom in a process of its own.</summary>
sealed class NotebookExecutor(TimeSpan cellTimeout, IRunProgress progress) : INotebookExecutor
{
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
            run = await RunAsync(file, document, cells, watch, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever it is, it is this notebook's trouble alone: the others still run.
            run = new(new(file.Name, 0, 0, 0, Seconds(watch), 0, $"{file.Name}: {error.Message}"), null);
        }

        progress.Finished(run.Result);
        return run;
    }

    async Task<NotebookRun> RunAsync(
        NotebookFile file, NotebookDocument document, List<NotebookCell> cells, Stopwatch watch, CancellationToken cancellation)
    {
        Clear(document);
        await using var host = HostProcess.Start(file.Folder);
        using var kill = cancellation.Register(host.Kill);
        var executed = 0;
        string? error = null;
        if (await host.WaitUntilReadyAsync(cancellation) is { } noStart)
            error = $"{file.Name}: the kernel did not start: {noStart.Summary}";

        while (error is null && executed < cells.Count)
        {
            var cell = cells[executed];
            var count = ++executed;
            var recorder = new CellRecorder(count);
            var failure = await host.RunAsync(cell.Source, cell.KernelName, cellTimeout, recorder.Add, cancellation);
            if (failure is not null)
            {
                recorder.Add(failure);
                error = $"{file.Name}, {Place(cell, count, failure)}: {failure.Summary}";
            }

            cell.ExecutionCount = count;
            cell.Outputs = recorder.ToJson();
            progress.CellFinished(file.Name, count);
        }

        var failed = error is not null && executed > 0 ? 1 : 0;
        return new(new(file.Name, cells.Count, executed, failed, Seconds(watch), CountCharts(document), error), document);
    }

    // The number is the one that shows in brackets beside the cell once it has run.
    static string Place(NotebookCell cell, int count, CellFailure failure) =>
        $"cell [{count}]"
        + (cell.Id == "" ? "" : $" (id {cell.Id})")
        + (failure.Line is { } line ? $", line {line}" : "");

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

    static int CountCharts(NotebookDocument document) =>
        document.Cells.SelectMany(cell => cell.Outputs).Count(output => output?["data"]?[MimeTypes.Plotly] is not null);

    static double Seconds(Stopwatch watch) => Math.Round(watch.Elapsed.TotalSeconds, 2);
}
