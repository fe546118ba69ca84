using System.Diagnostics;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>A folder that Jupyter takes for its own, so that it neither sees nor touches the user's settings and kernels.</summary>
sealed class JupyterHome
{
    readonly string folder;

    JupyterHome(string folder) => this.folder = folder;

    /// <summary>Makes the folder, with the .NET kernel as its kernel.</summary>
    /// <exception cref="IOException">Jupyter or the kernel is missing, or the folder cannot be written to.</exception>
    public static JupyterHome Create(string folder)
    {
        if (JupyterInstall.VersionOf("nbconvert") is null)
            throw new IOException($"Jupyter is not installed. What it takes: {JupyterInstall.Mend}");
        var home = new JupyterHome(Path.GetFullPath(folder));
        KernelSpec.Install(home.In("data", "kernels"));
        using var config = new StreamReader(typeof(JupyterHome).Assembly.GetManifestResourceStream("jupyter/nbconvert_config.py")!);
        WholeFile.Write(home.In("nbconvert_config.py"), config.ReadToEnd());
        return home;
    }

    /// <summary>How to start one of Jupyter's commands here.</summary>
    public ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo("jupyter", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = In("data");
        start.Environment["JUPYTER_RUNTIME_DIR"] = In("runtime");
        start.Environment["JUPYTER_CONFIG_DIR"] = In("config");
        start.Environment["IPYTHONDIR"] = In("ipython");
        start.Environment.Remove("JUPYTER_PATH");
        start.Environment.Remove("JUPYTER_CONFIG_PATH");
        return start;
    }

    /// <summary>How to execute a notebook, which is not written to. <see cref="JupyterProcess"/> reads what comes of it.</summary>
    public ProcessStartInfo Execute(string notebook) =>
        Command("nbconvert", "--config", In("nbconvert_config.py"), "--execute", "--to", "notebook", "--stdout", notebook);

    string In(params string[] parts) => Path.Combine([folder, .. parts]);
}
