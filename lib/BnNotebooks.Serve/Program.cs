using System.CommandLine;
using BnNotebooks.Serve;

var site = new Option<string>("--site") { Description = "The folder to serve.", DefaultValueFactory = _ => Path.Combine("out", "site") };
var port = new Option<ushort>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one." };
var command = new RootCommand("Serves the course's pages to this machine alone, until Ctrl-C.") { site, port };
command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(site)!, parsed.GetValue(port), cancellation));
var parsed = command.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : code;

static async Task<int> RunAsync(string folder, ushort port, CancellationToken cancellation)
{
    if (!File.Exists(Path.Combine(folder, "index.html")))
    {
        Console.Error.WriteLine($"There is no site in {Path.GetFullPath(folder)}: it has no index.html. To write one: dotnet bn.cs site");
        return 1;
    }
    await using var server = SiteServer.Create(folder, port);
    try
    {
        await server.StartAsync(cancellation);
    }
    catch (IOException error) // another program has the port
    {
        Console.Error.WriteLine($"Port {port} of 127.0.0.1 cannot be had: {error.Message} Without --port a free one is taken.");
        return 1;
    }
    Console.WriteLine($"{server.Urls.Single()}/ serves {Path.GetFullPath(folder)} to this machine. Ctrl-C ends it.");
    try
    {
        await Task.Delay(Timeout.Infinite, cancellation); // System.CommandLine cancels it on Ctrl-C and on SIGTERM
    }
    catch (OperationCanceledException)
    {
    }
    await server.StopAsync(CancellationToken.None);
    return 0;
}
