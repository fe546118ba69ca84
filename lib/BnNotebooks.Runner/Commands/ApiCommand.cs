using System.CommandLine;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>api</c>: the library's reference, by docfx, beside the course's pages. How is said in <c>docs/api</c>.</summary>
static class ApiCommand
{
    public static Command Create()
    {
        var command = new Command("api", "Writes the library's reference to out/site/api, and a link to it on the course's page.");
        command.SetAction(_ => Write());
        return command;
    }

    static int Write()
    {
        // docfx weighs half a gigabyte, so it is a tool of that folder alone: who does not ask for the reference does not get it.
        var folder = RepositoryRoot.File("docs", "api");
        var work = RepositoryRoot.File("out", "api");
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
        if (Tool.RunIn(folder, "dotnet", "tool", "restore", "--verbosity", "quiet") != 0)
        {
            Console.Error.WriteLine("docfx, which makes the pages, could not be restored. Once it has been, this works without a network.");
            return ExitCode.Failed;
        }
        if (Tool.RunIn(folder, "dotnet", "docfx", "docfx.json", "--logLevel", "warning", "--warningsAsErrors") != 0)
            return ExitCode.Failed;

        Console.WriteLine($"The reference: {Reference.Put(Path.Combine(work, "pages"), RepositoryRoot.File(RunOptions.Default.Out, "site"))}");
        Directory.Delete(work, recursive: true);
        return ExitCode.Ok;
    }
}
