using System.Diagnostics;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>Runs a notebook as Jupyter does for a reader: through its own client and the kernel that editors use.</summary>
sealed class JupyterExecutor(JupyterHome home, TimeSpan cellTimeout, IRunProgress progress) : ExecutorBase(progress)
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(150); // Jupyter itself gives up after 120, and says why

    // Two kernels that start at the same moment can choose the same port.
    readonly SemaphoreSlim starting = new(1);

    /// <inheritdoc/>
    protected override async Task<(int Executed, string? Error)> RunCellsAsync(
        NotebookFile file, NotebookDocument document, IReadOnlyList<NotebookCell> cells, CancellationToken cancellation)
    {
        await starting.WaitAsync(cancellation);
        await using var jupyter = JupyterProcess.Start(home.Execute(file.Path));
        using var kill = cancellation.Register(jupyter.Kill);
        try
        {
            if (await jupyter.NextAsync(StartTimeout, cancellation) is null)
                return (0, $"{file.Name}: Jupyter did not start it: {await jupyter.DescribeEndAsync()}");
        }
        finally
        {
            starting.Release();
        }

        for (var count = 1; count <= cells.Count; count++)
        {
            var cell = cells[count - 1];
            var failure = await RunAsync(jupyter, document, cell, cancellation);
            Progress.CellFinished(file.Name, count);
            if (failure is not null)
                return (count, $"{Place(file, cell, count)}: {failure}");
        }

        return (cells.Count, null);
    }

    // Waits for the cell to end, and returns what went wrong.
    async Task<string?> RunAsync(JupyterProcess jupyter, NotebookDocument document, NotebookCell cell, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            while (await jupyter.NextAsync(cellTimeout - watch.Elapsed, cancellation) is { } ended)
            {
                if (document.Cells[ended.Index] != cell)
                    continue; // Jupyter knows but one kernel, and runs cells that are not for it
                cell.ExecutionCount = ended.Count;
                cell.Outputs = ended.Outputs;
                return FailureIn(ended.Outputs);
            }

            return $"the notebook's kernel ended: {await jupyter.DescribeEndAsync()}";
        }
        catch (TimeoutException)
        {
            return FormattableString.Invariant($"ran for more than {cellTimeout.TotalSeconds:0.##} s and was stopped");
        }
    }

    // An error's value begins with the exception's name and message; the compiler's errors stand in the error stream.
    static string? FailureIn(JsonArray outputs)
    {
        if (outputs.FirstOrDefault(output => (string?)output?["output_type"] == "error") is not { } error)
            return null;
        var value = NotebookCell.TextOf(error["evalue"]);
        var said = outputs.Where(output => (string?)output?["name"] == "stderr").Select(output => NotebookCell.TextOf(output!["text"]));
        return (value == "compilation error" ? string.Concat(said) : value).Trim().Split('\n')[0].TrimEnd();
    }
}
