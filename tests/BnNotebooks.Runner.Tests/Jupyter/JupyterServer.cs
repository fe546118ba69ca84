using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BnNotebooks.Runner.Jupyter;

namespace BnNotebooks.Runner.Tests.Jupyter;

/// <summary>
/// A Jupyter server of this machine alone, over a folder of notebooks that stands where the course's would: beside the
/// library, the data and the solution's file.
/// </summary>
sealed class JupyterServer : IAsyncDisposable
{
    readonly DirectoryInfo root;
    readonly Process process;
    readonly string url;

    JupyterServer(DirectoryInfo root, Process process, string url) => (this.root, this.process, this.url) = (root, process, url);

    /// <summary>The folder that it serves, with the scripts that notebooks load.</summary>
    public string Notebooks => NotebooksBelow(root);

    /// <summary>Where a notebook of that folder opens.</summary>
    public string UrlOf(string name) => $"{url}/notebooks/{name}.ipynb";

    public static async Task<JupyterServer> StartAsync()
    {
        var root = Directory.CreateTempSubdirectory("jupyter");
        foreach (var name in (string[])["lib", "data"])
            Directory.CreateSymbolicLink(Path.Combine(root.FullName, name), RepositoryRoot.File(name));
        File.Copy(RepositoryRoot.File("BnNotebooks.sln"), Path.Combine(root.FullName, "BnNotebooks.sln"));
        Directory.CreateDirectory(NotebooksBelow(root));
        Directory.CreateSymbolicLink(Path.Combine(NotebooksBelow(root), "images"), RepositoryRoot.File("notebooks", "images"));
        foreach (var script in Directory.GetFiles(RepositoryRoot.File("notebooks"), "*.csx"))
            File.Copy(script, Path.Combine(NotebooksBelow(root), Path.GetFileName(script)));

        var port = FreePort();
        var start = JupyterHome.Create(Path.Combine(root.FullName, "jupyter")).Command(
            "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", "--NotebookApp.port_retries=0",
            "--NotebookApp.token=", $"--notebook-dir={NotebooksBelow(root)}",
            // Should the tests be killed, kernels that no page looks at end, and then the server.
            "--MappingKernelManager.cull_idle_timeout=60", "--MappingKernelManager.cull_interval=30", "--NotebookApp.shutdown_no_activity_timeout=120");
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new JupyterServer(root, process, $"http://127.0.0.1:{port}");
        await server.WaitUntilUpAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        root.Delete(recursive: true);
    }

    async Task WaitUntilUpAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.GetStringAsync($"{url}/api", TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (tries < 300 && !process.HasExited)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    static string NotebooksBelow(DirectoryInfo root) => Path.Combine(root.FullName, "notebooks");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
