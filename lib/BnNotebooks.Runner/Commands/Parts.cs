using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Commands;

/// <summary>Where the parts that a run leaves to others meet.</summary>
static class Parts
{
    public static RunParts All { get; } = new(ReadEnvironment, ChartImages.AddImages,
        (options, notebooks) => Thumbnails.Write(options.Folder, notebooks, CourseBook.Read(options.Folder)), WriteSite);

    // A missing libtorch has failed the notebooks that need it. The report of the run must come all the same.
    static RunEnvironment ReadEnvironment()
    {
        try
        {
            var report = EnvironmentReport.Read();
            return new(report.Packages, new TorchInfo(report.TorchVersion, report.TorchThreads));
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"libtorch does not load, so the report is without it: {error.GetBaseException().Message}");
            return new([], null);
        }
    }

    static IReadOnlyList<string> WriteSite(RunOptions options, IReadOnlyList<NotebookRun> runs, RunReport report)
    {
        var pages = runs
            .Where(run => run.Document is not null)
            .Select(run => new SitePage(
                run.Document!, run.Result.Seconds, run.Result.Executed, run.Result.Failed, run.Result.Error))
            .ToList();
        return CourseSite.Write(Path.Combine(options.Out, "site"), pages, report.Packages, options.Folder);
    }
}
