using System.CommandLine;
using BnNotebooks.Runner.Jupyter;

namespace BnNotebooks.Runner.Commands;

/// <summary><c>jupyter</c>: makes the .NET kernel known to Jupyter.</summary>
static class JupyterCommand
{
    public static Command Create()
    {
        var kernels = new Option<string>("--kernels")
        {
            Description = "Where Jupyter looks for kernels. The user's own folder where none is named.",
            DefaultValueFactory = _ => KernelSpec.UserFolder,
        };
        var command = new Command("jupyter", "Makes the .NET kernel known to Jupyter.") { kernels };
        command.SetAction(parsed => Install(parsed.GetValue(kernels)!));
        return command;
    }

    static int Install(string kernels)
    {
        try
        {
            var isNew = !Directory.Exists(kernels);
            Console.WriteLine($"The kernel .NET (C#) is installed: {KernelSpec.Install(kernels)}");
            if (isNew)
                Console.WriteLine($"There was no folder {kernels}; it has been made.");
            Console.WriteLine(JupyterInstall.VersionOf("notebook") is { } version
                ? $"Start Jupyter (notebook {version}) with `jupyter notebook notebooks`, and choose the kernel .NET (C#)."
                : $"Jupyter is not installed. What it takes: {JupyterInstall.Mend}");
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Failed;
        }
    }
}
