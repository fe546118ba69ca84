using BnNotebooks.Claims;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Runs a set of notebooks and writes all that comes of it.</summary>
sealed class NotebookRunner(RunOptions options, RunParts parts)
{
    /// <summary>
    /// Checks, before anything runs, that the results can be written, and clears what a killed run left behind. Nobody else
    /// writes there until what is returned is disposed of.
    /// </summary>
    /// <exception cref="IOException">A folder cannot be written to, or another run has it; the message names it.</exception>
    public IDisposable Prepare()
    {
        ResultFolder.Prepare(options.Out);
        var taken = ResultFolder.Take(options.Out);
        ResultFolder.Prepare(options.Copies);
        if (options.Update)
            ResultFolder.Prepare(options.Folder);
        Measurements.Clear(options.Claims);
        Environment.SetEnvironmentVariable(Measurements.FolderVariable, options.Claims); // every host inherits it
        return taken;
    }

    /// <summary>Runs the notebooks and returns their runs in the order given. Writes nothing in the notebooks' folder.</summary>
    public async Task<IReadOnlyList<NotebookRun>> ExecuteAsync(
        IReadOnlyList<NotebookFile> files, INotebookExecutor executor, CancellationToken cancellation)
    {
        var runs = new NotebookRun[files.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        await Parallel.ForAsync(0, files.Count, limits, async (i, stop) =>
        {
            var run = await executor.RunAsync(files[i], stop);
            runs[i] = Try(() => WriteCopy(run)) is { } noCopy ? WithError(run, $"the executed copy was not written: {noCopy}") : run;
        });
        return runs;
    }

    /// <summary>
    /// Writes the report and the pages, and with <c>--update</c> the notebooks that ran well. Returns the report, and what of
    /// all this could not be made: whatever it is, the rest is.
    /// </summary>
    public (RunReport Report, IReadOnlyList<string> Problems) Write(
        IReadOnlyList<NotebookFile> files, IReadOnlyList<NotebookRun> runs, CancellationToken cancellation)
    {
        List<string> problems = [];
        cancellation.ThrowIfCancellationRequested();
        if (options.Update)
            runs = Update(files, runs, problems, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var environment = parts.Environment();
        var report = new RunReport(options.Host, environment.Packages, environment.Torch, [.. runs.Select(run => run.Result)]);
        if (Try(() => WholeFile.Write(Path.Combine(options.Out, "report.json"), report.ToText())) is { } noReport)
            problems.Add($"report.json could not be written: {noReport}");
        cancellation.ThrowIfCancellationRequested();
        // The pages draw charts from JSON, which Jupyter is not given.
        if (!options.InJupyter && Try(() => problems.AddRange(parts.WriteSite(options, runs, report))) is { } noPages)
            problems.Add($"The pages could not be written: {noPages}");
        return (report, problems);
    }

    // A copy of an earlier run beside the report of this one would mislead, so a notebook that could not be read has none.
    void WriteCopy(NotebookRun run)
    {
        var path = Path.Combine(options.Copies, run.Result.Name + ".ipynb");
        if (run.Document is { } document)
            document.Save(path);
        else
            File.Delete(path);
    }

    NotebookRun[] Update(
        IReadOnlyList<NotebookFile> files, IReadOnlyList<NotebookRun> runs, List<string> problems, CancellationToken cancellation)
    {
        var good = runs.Where(run => run.Result.Problem is null).Select(run => run.Document!.Copy()).ToList();

        // Without a browser there are no images. That is no reason to lose the report of the run.
        var noImages = Try(() =>
        {
            problems.AddRange(parts.AddChartImages(good));
            problems.AddRange(parts.WriteThumbnails(options, good));
        });
        cancellation.ThrowIfCancellationRequested();
        if (noImages is not null)
            return [.. runs.Select(run => run.Result.Problem is null
                ? WithError(run, $"the outputs were not updated, for there are no images of the charts: {noImages}")
                : run)];
        var prepared = good.ToDictionary(document => document.Name);
        return [.. runs.Zip(files, (run, file) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return prepared.TryGetValue(file.Name, out var document) && Try(() => Update(file, document)) is { } noUpdate
                ? WithError(run, $"the outputs were not updated: {noUpdate}")
                : run;
        })];
    }

    // Someone may have edited and saved the notebook while it ran. Their work is worth more than our outputs.
    static void Update(NotebookFile file, NotebookDocument document)
    {
        CommittedOutputs.Prepare(document);
        if (file.HasChanged())
            throw new IOException($"{file.Path} was changed while it ran. Run it again.");
        document.Save(file.Path);
    }

    static NotebookRun WithError(NotebookRun run, string error) =>
        run with { Result = run.Result with { Error = run.Result.Error ?? $"{run.Result.Name}: {error}" } };

    // Whatever one part of the results comes to grief on, it costs that part alone.
    static string? Try(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception error)
        {
            return error.Message;
        }
    }
}
