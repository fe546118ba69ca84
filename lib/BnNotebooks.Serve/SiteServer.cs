using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BnNotebooks.Serve;

/// <summary>A web server for the files of one folder, on this machine's own address, that does nothing else.</summary>
public static class SiteServer
{
    /// <summary>The server, not yet started.</summary>
    /// <param name="folder">The folder. What lies elsewhere is not served, nor are lists of folders.</param>
    /// <param name="port">The port, or 0 for a free one.</param>
    public static WebApplication Create(string folder, ushort port)
    {
        // No arguments and no files of settings: an environment that configures other servers does not open this one.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = Path.GetFullPath(folder) });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton<IHostLifetime, EndedByItsOwner>();
        // A page from elsewhere whose name was made to lead to 127.0.0.1 says its own name here, and is refused.
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["127.0.0.1", "localhost"]);

        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        var server = builder.Build();
        server.UseHostFiltering();
        server.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        server.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = Types(),
            ServeUnknownFileTypes = true, // DefaultContentType: bytes, which no browser takes for a page
            DefaultContentType = "application/octet-stream",
            OnPrepareResponse = response =>
            {
                response.Context.Response.Headers.CacheControl = "no-cache"; // a site that was rendered anew shows at once
                response.Context.Response.Headers.XContentTypeOptions = "nosniff";
            },
        });
        return server;
    }

    // What the provider knows is from before modules had a type everywhere, and says nothing of the letters of text.
    static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var (extension, type) in (ReadOnlySpan<(string, string)>)[
            (".mjs", "text/javascript"), (".js", "text/javascript"), (".wasm", "application/wasm"), (".json", "application/json"),
            (".webmanifest", "application/manifest+json"), (".ipynb", "application/json"), (".dll", "application/octet-stream")])
            types.Mappings[extension] = type;
        foreach (var (extension, type) in types.Mappings.ToList())
            if (type.StartsWith("text/", StringComparison.Ordinal))
                types.Mappings[extension] = type + "; charset=utf-8";
        return types;
    }

    /// <summary>Leaves Ctrl-C to the program.</summary>
    sealed class EndedByItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
