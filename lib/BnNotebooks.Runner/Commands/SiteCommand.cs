using System.CommandLine;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>site</c>: renders the pages from the outputs that the notebooks carry, in seconds, for nothing is run.</summary>
static class SiteCommand
{
    public static Command Create()
    {
        var output = FolderOption.Create("--out", "Where the pages go: into the folder site in this one.", RunOptions.Default.Out);
        var folder = FolderOption.Notebooks();
        var repository = new Option<string?>("--repository")
        {
            Description = "The repository, https://github.com/OWNER/NAME: the pages then lead to it and to a Codespace.",
        };
        var address = new Option<string?>("--address")
        {
            Description = "Where the pages will be published, https://…/: they then name their picture for other sites.",
        };
        var pdf = new Option<string?>("--pdf") { Description = "The course as a PDF, to be put beside the pages." };
        var command = new Command("site", "Renders the pages from the outputs that the notebooks carry, without running them.")
        {
            output, folder, repository, address, pdf,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(repository) is { } repositoryText && !LaunchLinks.IsRepository(repositoryText))
                parsed.AddError($"--repository needs an address such as https://github.com/OWNER/NAME, not \"{repositoryText}\".");
            if (parsed.GetValue(address) is { } addressText && !(Uri.TryCreate(addressText, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
                parsed.AddError($"--address needs an address such as https://OWNER.github.io/NAME/, not \"{addressText}\".");
            if (parsed.GetValue(pdf) is { } pdfText && !File.Exists(pdfText))
                parsed.AddError($"--pdf names \"{pdfText}\", which does not exist. To make it: dotnet bn.cs pdf");
        });
        command.SetAction(parsed => Write(parsed.GetValue(folder)!, parsed.GetValue(output)!,
            new(parsed.GetValue(repository), parsed.GetValue(address), parsed.GetValue(pdf))));
        return command;
    }

    static int Write(string folder, string output, SitePlaces places)
    {
        try
        {
            var notebooks = NotebookFolder.Find(folder, []).Select(file => file.Read()).ToList();
            ResultFolder.Prepare(output);
            using var taken = ResultFolder.Take(output); // no run writes the same pages meanwhile
            var site = Path.Combine(output, "site");
            var problems = CourseSite.Write(site, [.. notebooks.Select(SitePage.AsCarried)], [], folder, places);
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);
            Console.WriteLine($"The pages of {notebooks.Count} notebooks, with the outputs that they carry: {Path.Combine(site, "index.html")}");
            return problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (UnknownNotebookException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(error.Message); // it names the folder or the file
            return ExitCode.Failed;
        }
    }
}
