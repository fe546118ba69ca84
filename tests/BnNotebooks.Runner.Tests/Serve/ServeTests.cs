using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using BnNotebooks.Runner.Tests.Site;

namespace BnNotebooks.Runner.Tests.Serve;

/// <summary><c>serve</c>: one folder, for this machine alone.</summary>
public sealed class ServeTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly HttpClient client = new();

    public ServeTests()
    {
        Directory.CreateDirectory(folder.PathOf("site", "assets"));
        File.WriteAllText(folder.PathOf("secret.txt"), "secret");
        foreach (var name in (string[])["index.html", "a.html", "a.wasm", "a.pack", "a.mjs", "a.js", "a.json", "a.css", "a.svg", "a.pdf", "assets/a.woff2"])
            File.WriteAllText(folder.PathOf("site", name), name);
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Files_come_with_the_type_that_browsers_need_and_are_asked_for_anew()
    {
        using var server = await Server.StartAsync(folder.PathOf("site"));
        foreach (var (path, type) in ((string, string)[])[
            ("", "text/html; charset=utf-8"), ("a.html", "text/html; charset=utf-8"), ("a.wasm", "application/wasm"),
            ("a.pack", "application/octet-stream"), ("a.mjs", "text/javascript; charset=utf-8"), ("a.js", "text/javascript; charset=utf-8"),
            ("a.json", "application/json"), ("a.css", "text/css; charset=utf-8"), ("a.svg", "image/svg+xml"), ("a.pdf", "application/pdf"),
            ("assets/a.woff2", "font/woff2")])
        {
            using var response = await client.GetAsync(new Uri(server.Address, path), TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.OK, type), (path, response.StatusCode, response.Content.Headers.ContentType?.ToString()));
            Assert.True(response.Headers.CacheControl!.NoCache);
        }
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("//secret.txt")]
    [InlineData("/none.html")]
    [InlineData("/assets")] // no list of a folder
    [InlineData("/assets/")]
    [InlineData("/a.html", "POST")]
    [InlineData("/a.html", "GET", "elsewhere.example")] // a name that was made to lead here
    public async Task Nothing_else_is_given(string path, string method = "GET", string host = "127.0.0.1")
    {
        using var server = await Server.StartAsync(folder.PathOf("site"));
        using var connection = new TcpClient(); // HttpClient would make ".." good before it sends it
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Matches(@"\AHTTP/1\.1 40[04] ", answer);
        Assert.DoesNotContain("secret", answer);
    }

    [Fact]
    public async Task It_listens_on_this_machines_own_address_alone_and_ends_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that stands for Ctrl-C.");
        using var server = await Server.StartAsync(folder.PathOf("site"));
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == server.Address.Port);
        Assert.Equal(IPAddress.Loopback, Assert.Single(listeners).Address);
        Assert.Contains(folder.PathOf("site"), server.FirstLine);
        Assert.Equal((0, ""), await server.InterruptAsync());
    }

    [Fact]
    public async Task Without_a_site_or_a_port_it_says_what_to_do()
    {
        using var server = await Server.StartAsync(folder.PathOf("site"));
        foreach (var (arguments, code, said) in ((string[], int, string)[])[
            (["--site", folder.PathOf("none")], 1, "dotnet bn.cs site"),
            (["--site", folder.PathOf("site"), "--port", $"{server.Address.Port}"], 1, "Without --port a free one is taken."),
            (["--port", "70000"], 2, "70000")])
        {
            using var process = Server.Run(arguments);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(code, process.ExitCode);
            Assert.Contains(said, errors);
        }
    }
}
