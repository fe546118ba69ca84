using System.CommandLine;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>pdf</c>: the whole course, with the outputs that the notebooks carry, as one PDF to be printed.</summary>
static class PdfCommand
{
    public static Command Create()
    {
        var output = FolderOption.Create("--out", "Where the PDF goes: the file course.pdf in this folder.", RunOptions.Default.Out);
        var folder = FolderOption.Notebooks();
        var command = new Command("pdf", "Prints the whole course as one PDF, with the solutions of the exercises at its end. Needs Chromium.") { output, folder };
        command.SetAction(parsed => Write(parsed.GetValue(folder)!, parsed.GetValue(output)!));
        return command;
    }

    static int Write(string folder, string output)
    {
        var work = Directory.CreateTempSubdirectory("bn-book-");
        try
        {
            var notebooks = NotebookFolder.Find(folder, []).Select(file => file.Read()).ToList();
            ResultFolder.Prepare(output);
            var site = Path.Combine(work.FullName, "site");
            var problems = CourseSite.Write(site, [.. notebooks.Select(SitePage.AsCarried)], [], folder, engines: false);
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);

            var pdf = Path.Combine(output, SiteBuilder.PdfName);
            PrintedBook.Write(Book.Read(site, notebooks), site, pdf);
            Console.WriteLine($"The course of {notebooks.Count} notebooks as one PDF: {pdf}");
            return problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (UnknownNotebookException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException
            or InvalidDataException or TimeoutException or InvalidOperationException)
        {
            Console.Error.WriteLine(error.Message); // it names the folder, the file or the browser
            return ExitCode.Failed;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
