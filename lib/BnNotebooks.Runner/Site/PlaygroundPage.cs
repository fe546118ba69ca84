using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// The page on which a reader trains networks: <c>PlaygroundPage.html</c> in the site's frame. What moves on it is in
/// <c>assets/playground</c>, and what computes in the engine of the same name.
/// </summary>
static class PlaygroundPage
{
    const string FileName = "playground.html";

    const string Description = "Train a network in this page, and see what it answers in training mode and in evaluation mode.";

    static readonly string[] Scripts = ["engine", "playground/settings", "playground/run", "playground/map", "playground/charts", "playground/panel", "playground/experiments", "playground/playground"];

    /// <summary>What the index says of it.</summary>
    public const string Link = $"""<section class="paths" aria-labelledby="playground"><h2 id="playground">Playground</h2><p><a href="{FileName}">Train a network in the page</a>, with batch norm and without, and see its two modes side by side.</p></section>""";

    /// <summary>Writes the page into the site's folder, if the engine is there too.</summary>
    public static void Write(string directory, SiteInfo info)
    {
        if (!info.Engines.Any(engine => engine.Name == "playground"))
            return;
        using var reader = new StreamReader(typeof(PlaygroundPage).Assembly.GetManifestResourceStream("PlaygroundPage.html")!);
        var body = $"""
            <link rel="stylesheet" href="assets/playground/playground.css">
            <header class="bar"><a class="home" href="index.html">{WebUtility.HtmlEncode(info.Title)}</a></header>
            {reader.ReadToEnd()}
            {string.Join('\n', Scripts.Select(script => $"<script src=\"assets/{script}.js\"></script>"))}
            """;
        File.WriteAllText(Path.Combine(directory, FileName), PageShell.Render($"Playground · {info.Title}", Description, "playground", body, []));
    }
}
