using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Execution;

/// <summary>Runs a set of notebooks and writes all that comes of it.</summary>
sealed class NotebookRunner(RunOptions options, RunParts parts)
{
    string Copies => Path.Combine(options.Out, "notebooks");

    /// <summary>Checks, before anything runs, that the results can be written, and clears what a killed run left behind.</summary>
    /// <exception cref="IOException">A folder cannot be written to; the message names it.</exception>
    public void Prepare()
    {
        foreach (var folder in (string[])[options.Out, Copies, .. options.Update ? [options.Folder] : Array.Empty<string>()])
        {
            WholeFile.CheckFolder(folder);
            WholeFile.DeleteLeftovers(folder);
        }
    }

    /// <summary>Runs the notebooks and returns their runs in the order given. Writes nothing in the notebooks' folder.</summary>
    public async Task<IReadOnlyList<NotebookRun>> ExecuteAsync(
        IReadOnlyList<NotebookFile> files, INotebookExecutor executor, CancellationToken cancellation)
    {
        var runs = new NotebookRun[files.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        await Parallel.ForAsync(0, files.Count, limits, async (i, stop) =>
        {
            runs[i] = await executor.RunAsync(files[i], stop);
            WriteCopy(runs[i]);
        });
        return runs;
    }

    /// <summary>
    /// Writes the report and the pages, and with <c>--update</c> the notebooks that ran well. Returns the report, and what of
    /// the pages and images could not be made.
    /// </summary>
    public (RunReport Report, IReadOnlyList<string> Problems) Write(IReadOnlyList<NotebookFile> files, IReadOnlyList<NotebookRun> runs)
    {
        List<string> problems = [];
        if (options.Update)
            runs = Update(files, runs, problems);
        var environment = parts.Environment();
        var report = new RunReport(options.Host, environment.Packages, environment.Torch, [.. runs.Select(run => run.Result)]);
        WholeFile.Write(Path.Combine(options.Out, "report.json"), report.ToText());
        if (!options.InJupyter) // the pages draw charts from JSON, which Jupyter is not given
            problems.AddRange(parts.WriteSite(options, runs, report));
        return (report, problems);
    }

    // A copy of an earlier run beside the report of this one would mislead, so a notebook that could not be read has none.
    void WriteCopy(NotebookRun run)
    {
        var path = Path.Combine(Copies, run.Result.Name + ".ipynb");
        if (run.Document is { } document)
            document.Save(path);
        else
            File.Delete(path);
    }

    NotebookRun[] Update(IReadOnlyList<NotebookFile> files, IReadOnlyList<NotebookRun> runs, List<string> problems)
    {
        var good = runs.Where(run => run.Result.Error is null).Select(run => run.Document!.Copy()).ToList();
        if (TryAddChartImages(good, problems) is { } noImages)
            return [.. runs.Select(run => run.Result.Error is null ? WithError(run, noImages) : run)];
        foreach (var document in good)
            CommittedOutputs.Prepare(document);
        var prepared = good.ToDictionary(document => document.Name);
        return [.. runs.Zip(files, (run, file) => Update(file, run, prepared.GetValueOrDefault(file.Name)))];
    }

    // Without a browser there are no images. That is no reason to lose the report of the run.
    string? TryAddChartImages(List<NotebookDocument> documents, List<string> problems)
    {
        try
        {
            problems.AddRange(parts.AddChartImages(documents));
            return null;
        }
        catch (Exception error) when (error is IOException or TimeoutException or InvalidOperationException)
        {
            return $"the outputs were not updated, for there are no images of the charts: {error.Message}";
        }
    }

    static NotebookRun WithError(NotebookRun run, string error) =>
        run with { Result = run.Result with { Error = $"{run.Result.Name}: {error}" } };

    // Someone may have edited and saved the notebook while it ran. Their work is worth more than our outputs.
    static NotebookRun Update(NotebookFile file, NotebookRun run, NotebookDocument? prepared)
    {
        if (prepared is null)
            return run;
        if (file.HasChanged())
            return WithError(run, $"{file.Path} was changed while it ran, so its outputs were not updated. Run it again.");

        prepared.Save(file.Path);
        return run;
    }
}
