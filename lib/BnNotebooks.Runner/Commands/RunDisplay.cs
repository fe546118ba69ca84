using System.Collections.Concurrent;
using System.Globalization;
using BnNotebooks.Runner.Execution;
using Spectre.Console;

namespace BnNotebooks.Runner.Commands;

/// <summary>Shows a run: bars on a terminal, plain lines where the output goes to a file or a CI log.</summary>
static class RunDisplay
{
    /// <summary>Shows the progress of some work.</summary>
    public static async Task<T> ShowAsync<T>(Func<IRunProgress, Task<T>> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return await work(new Lines());
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    /// <summary>Ends with a table of the notebooks, and below it what went wrong in full.</summary>
    public static void ShowResults(IReadOnlyList<NotebookResult> results)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("notebook");
        foreach (var name in (string[])["cells", "seconds", "charts"])
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("result");
        foreach (var result in results)
            table.AddRow(
                Markup.Escape(result.Name),
                result.Executed == result.Cells ? $"{result.Cells}" : $"{result.Executed} of {result.Cells}",
                Seconds(result),
                $"{result.Charts}",
                result.Error is not null ? "[red]failed[/]" : result.Stderr is not null ? "[red]stderr[/]" : "[green]ok[/]");
        AnsiConsole.Write(table);
        foreach (var result in results.Where(result => result.Problem is not null))
            Console.WriteLine(result.Problem); // not through Spectre, which would break the line to fit the width
    }

    static string Seconds(NotebookResult result) => result.Seconds.ToString("0.0", CultureInfo.InvariantCulture);

    sealed class Lines : IRunProgress
    {
        public void Started(string notebook, int cells) => Console.WriteLine($"{notebook}: {cells} cells");

        public void CellFinished(string notebook, int count)
        {
        }

        public void Finished(NotebookResult result) =>
            Console.WriteLine($"{result.Name}: {(result.Error is null ? "ok" : "failed")} after {Seconds(result)} s");
    }

    sealed class Bars(ProgressContext context) : IRunProgress
    {
        readonly ConcurrentDictionary<string, ProgressTask> tasks = new();

        public void Started(string notebook, int cells) =>
            tasks[notebook] = context.AddTask(Markup.Escape(notebook), maxValue: Math.Max(cells, 1));

        public void CellFinished(string notebook, int count) => tasks[notebook].Value = count;

        public void Finished(NotebookResult result)
        {
            var task = tasks.GetOrAdd(result.Name, name => context.AddTask(Markup.Escape(name), maxValue: 1));
            if (result.Error is not null)
                task.Description = $"[red]{Markup.Escape(result.Name)}[/]";
            else
                task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
