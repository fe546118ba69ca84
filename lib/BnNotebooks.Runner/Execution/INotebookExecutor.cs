namespace BnNotebooks.Runner.Execution;

/// <summary>Runs a notebook from top to bottom, in whatever host it knows.</summary>
interface INotebookExecutor
{
    /// <summary>
    /// Runs the notebook, whose current directory is the folder its file lies in. Never writes to the file, and throws
    /// nothing but what the cancellation asks for: what goes wrong is in the result.
    /// </summary>
    Task<NotebookRun> RunAsync(NotebookFile file, CancellationToken cancellation);
}
