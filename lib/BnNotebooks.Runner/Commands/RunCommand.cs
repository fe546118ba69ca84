using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Jupyter;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>run</c>: executes notebooks and writes what comes of them.</summary>
static class RunCommand
{
    public static Command Create(RunParts parts)
    {
        var names = new Argument<string[]>("name")
        {
            Description = "Notebooks to run: names with or without .ipynb, or their numbers. All of them where none is named.",
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "How many notebooks run at once.",
            DefaultValueFactory = _ => RunOptions.Default.Jobs,
            CustomParser = ParseJobs,
        };
        var timeout = new Option<double>("--timeout")
        {
            Description = "How many seconds a cell may take.",
            DefaultValueFactory = _ => RunOptions.Default.CellTimeout.TotalSeconds,
            CustomParser = ParseTimeout,
        };
        var output = FolderOption.Create("--out", "Where the executed copies, report.json and the pages go.", RunOptions.Default.Out);
        var update = new Option<bool>("--update") { Description = "Rewrite the outputs inside the notebooks folder too." };
        var folder = FolderOption.Notebooks();
        var host = new Option<string>("--host")
        {
            Description = "What executes them: this program, or Jupyter with the .NET kernel.",
            DefaultValueFactory = _ => RunOptions.Default.Host,
        }.AcceptOnlyFromAmong("runner", "jupyter");
        var command = new Command("run", "Runs notebooks from top to bottom, each in a process of its own.")
        {
            names, jobs, timeout, output, update, folder, host,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(update) && parsed.GetValue(host) == "jupyter")
                parsed.AddError("--update keeps what charts are made of, which Jupyter is not given: run it without --host jupyter.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var end = Descendants.EndOn(cancellation);
            var options = new RunOptions(
                parsed.GetValue(names) ?? [],
                parsed.GetValue(folder)!,
                parsed.GetValue(output)!,
                parsed.GetValue(jobs),
                TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                parsed.GetValue(update))
            { Host = parsed.GetValue(host)! };
            return await RunAsync(options, parts, cancellation);
        });
        return command;
    }

    static INotebookExecutor Executor(RunOptions options, IRunProgress progress) => options.InJupyter
        ? new JupyterExecutor(JupyterHome.Create(Path.Combine(options.Out, "jupyter")), options.CellTimeout, progress)
        : new NotebookExecutor(options.CellTimeout, progress);

    static int ParseJobs(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs > 0)
            return jobs;
        result.AddError($"--jobs needs a whole number from 1 up, not \"{text}\".");
        return 0;
    }

    static double ParseTimeout(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6)
            return seconds;
        result.AddError($"--timeout needs a number of seconds above 0, not \"{text}\".");
        return 0;
    }

    internal static async Task<int> RunAsync(RunOptions options, RunParts parts, CancellationToken cancellation)
    {
        var runner = new NotebookRunner(options, parts);
        try
        {
            var files = NotebookFolder.Find(options.Folder, options.Names);
            using var taken = runner.Prepare();
            var runs = await RunDisplay.ShowAsync(progress => runner.ExecuteAsync(
                files, Executor(options, progress), cancellation));
            var (report, problems) = runner.Write(files, runs, cancellation);
            cancellation.ThrowIfCancellationRequested();
            RunDisplay.ShowResults(report.Notebooks);
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);
            return problems.Count == 0 && report.Notebooks.All(result => result.Problem is null) ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (UnknownNotebookException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message); // it names the folder or the file
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. No file was left half-written.");
            return ExitCode.Interrupted;
        }
    }
}
