using BnNotebooks.Runner.Jupyter;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Commands;

/// <summary>What tests need beyond the SDK, and Debian's packages that bring it.</summary>
static class TestNeeds
{
    /// <summary>Installs what is missing where it can be. What cannot be is said, and the tests that need it are skipped.</summary>
    public static void Install()
    {
        if (!Chromium.IsInstalled())
            Install("A browser", ["chromium"]);
        if (JupyterInstall.VersionOf("nbconvert") is null || JupyterInstall.VersionOf("notebook") is null)
            Install("Jupyter", ["jupyter-notebook", "jupyter-nbconvert", "jupyter-client"]);
        if (Tool.Output("node", "--version") is null)
            Install("Node", ["nodejs"]);
        // Asked for by its file: to import it takes seconds.
        if (!File.Exists("/usr/lib/python3/dist-packages/torch/__init__.py"))
            Install("PyTorch", ["python3-torch"]);
    }

    static void Install(string what, string[] packages)
    {
        var command = $"apt-get install -y --no-install-recommends {string.Join(' ', packages)}";
        if (Environment.UserName != "root" || Tool.Output("apt-get", "--version") is null)
        {
            Console.WriteLine($"» {what} is missing: tests that need it are skipped. On Debian, as root: {command}");
            return;
        }
        Console.WriteLine($"» {what} is missing, which some tests need: {command}");
        Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
        if (Tool.Output("apt-get", "update") is null || Tool.Output("apt-get", command.Split(' ')[1..]) is null)
            Console.WriteLine($"» {what} could not be installed: tests that need it are skipped.");
    }
}
