using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Runs a notebook from top to bottom in a process of its own.</summary>
sealed class NotebookExecutor(TimeSpan cellTimeout, IRunProgress progress) : ExecutorBase(progress)
{
    /// <inheritdoc/>
    protected override async Task<(int Executed, string? Error)> RunCellsAsync(
        NotebookFile file, NotebookDocument document, IReadOnlyList<NotebookCell> cells, CancellationToken cancellation)
    {
        await using var host = HostProcess.Start(file.Folder);
        using var kill = cancellation.Register(host.Kill);
        if (await host.WaitUntilReadyAsync(cancellation) is { } noStart)
            return (0, $"{file.Name}: the kernel did not start: {noStart.Summary}");

        for (var count = 1; count <= cells.Count; count++)
        {
            var cell = cells[count - 1];
            var recorder = new CellRecorder(count);
            var failure = await host.RunAsync(cell.Source, cell.KernelName, cellTimeout, recorder.Add, cancellation);
            if (failure is not null)
                recorder.Add(failure);
            cell.ExecutionCount = count;
            cell.Outputs = recorder.ToJson();
            Progress.CellFinished(file.Name, count);
            if (failure is not null)
                return (count, $"{Place(file, cell, count, failure.Line)}: {failure.Summary}");
        }

        return (cells.Count, null);
    }
}
