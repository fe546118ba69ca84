namespace BnNotebooks.Runner.Site;

/// <summary>
/// The page on which a reader trains networks: <c>PlaygroundPage.html</c> in the site's frame. What moves on it is in
/// <c>assets/playground</c>, and what computes in the engine of the same name.
/// </summary>
static class PlaygroundPage
{
    public const string FileName = "playground.html";

    const string Description = "Train a network in this page, and see what it answers in training mode and in evaluation mode.";

    static readonly string[] Scripts = ["engine", "playground/settings", "playground/run", "playground/map", "playground/charts", "playground/panel", "playground/experiments", "playground/playground"];

    /// <summary>Whether a site has it: only with its engine.</summary>
    public static bool IsPartOf(SiteInfo info) => info.Engines.Any(engine => engine.Name == "playground");

    /// <summary>The page.</summary>
    public static string Render(SiteInfo info, SiteContents site)
    {
        using var reader = new StreamReader(typeof(PlaygroundPage).Assembly.GetManifestResourceStream("PlaygroundPage.html")!);
        var body = $"""
            <link rel="stylesheet" href="assets/playground/playground.css">
            {site.Bar(FileName)}
            {reader.ReadToEnd()}
            {string.Join('\n', Scripts.Select(script => $"<script src=\"assets/{script}.js\"></script>"))}
            """;
        return PageShell.Render($"Playground · {info.Title}", Description, "playground", body, [], info.AddressOf(FileName));
    }
}
