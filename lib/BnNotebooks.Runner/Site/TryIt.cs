using System.Net;

namespace BnNotebooks.Runner.Site;

/// <summary>What the index shows first: that the pages are not only read. Each picture leads to the thing that it shows.</summary>
static class TryIt
{
    // Pictures of explorables are those that their notebooks carry; the playground's is taken by hand, at 1440 px.
    static readonly (string Picture, int Width, int Height, string Alt, string Notebook, string Cell, string Text)[] figures =
    [
        ("valley", 1287, 533, "A long narrow valley with a path that zigzags between its walls, and the loss falling step by step.",
            "03-normalizing-input-data", "predict-steps-figure", "Drag a valley narrower, and count gradient descent's steps."),
        ("twenty-layers", 1146, 500, "Two charts over twenty layers: without normalization the signal and its gradient fade, with batch norm they stay.",
            "04-the-need-for-batch-norm", "back-try-figure", "Send a signal through twenty layers, forward and back."),
        ("backward-graph", 1146, 720, "A graph of batch norm: from x three arrows, to μ, to σ² and to x̂, each node with its number and its gradient.",
            "05b-backward", "ways-figure", "Follow a gradient through batch norm, node by node."),
    ];

    /// <summary>The pictures' names below <c>assets/explorables</c>.</summary>
    public static IEnumerable<string> Pictures => figures.Select(figure => figure.Picture + ".png");

    /// <summary>The section, or nothing on a site without engines.</summary>
    public static string Render(IReadOnlyList<SitePage> pages, SiteInfo info) => !PlaygroundPage.IsPartOf(info) ? "" : $"""
        <section class="try" aria-labelledby="try">
        <h2 id="try">Try it here</h2>
        <p>These pages run. Train a network in the <a href="{PlaygroundPage.FileName}">playground</a>; press <b>Run</b> at a cell of a notebook, or change its C# first; and play with the figures. The library and a C# compiler work in your browser: nothing to install, nothing sent anywhere, offline too.</p>
        <ul>
        <li class="wide"><a href="{PlaygroundPage.FileName}"><img src="assets/playground/playground.png" width="1440" height="665" alt="The playground: the same network's answers over a plane in training mode and in evaluation mode, which differ." loading="lazy">Train a network, and see where its two modes disagree.</a></li>
        {string.Join('\n', figures.Where(figure => pages.Any(page => page.Notebook.Name == figure.Notebook)).Select(figure => $"""
            <li><a href="{figure.Notebook}.html#cell-{figure.Cell}"><img src="assets/explorables/{figure.Picture}.png" width="{figure.Width}" height="{figure.Height}" alt="{WebUtility.HtmlEncode(figure.Alt)}" loading="lazy">{WebUtility.HtmlEncode(figure.Text)}</a></li>
            """))}
        </ul>
        </section>
        """;
}
