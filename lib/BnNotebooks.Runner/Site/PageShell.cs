using System.Net;
using BnNotebooks.Predictions;
using BnNotebooks.Runner.Site.Live;
using BnNotebooks.Views;

namespace BnNotebooks.Runner.Site;

/// <summary>What every page has around its content.</summary>
static class PageShell
{
    // A bell curve on a rounded square.
    const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
        + "%3Crect width='32' height='32' rx='7' fill='%230b6a75'/%3E%3Cpath d='M4 25C12 25 11 7 16 7s4 18 12 18' "
        + "fill='none' stroke='white' stroke-width='2.6' stroke-linecap='round'/%3E%3C/svg%3E";

    // What could do nothing without a script is not shown then; with one it is there from the start, so that nothing moves.
    const string WithoutScript = "<noscript><style>.search, .filters { display: none }</style></noscript>";

    /// <summary>The whole page. The arguments named Html stand as they are; the others are escaped.</summary>
    /// <param name="title">The title of the browser's tab.</param>
    /// <param name="description">One sentence about the page.</param>
    /// <param name="kind">The class of the body: <c>course</c> or <c>notebook</c>.</param>
    /// <param name="bodyHtml">The content.</param>
    /// <param name="scripts">The hashes of the scripts in the content that may run.</param>
    /// <param name="address">Where the page is published, or null where that is not known.</param>
    /// <remarks>The scripts that cover, or give things their height, come first: what they move has moved before a reader is there.</remarks>
    public static string Render(
        string title, string description, string kind, string bodyHtml, IEnumerable<string> scripts, Uri? address = null) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy(scripts)}">
        <meta name="color-scheme" content="light dark">
        <meta name="description" content="{WebUtility.HtmlEncode(description)}">
        <title>{WebUtility.HtmlEncode(title)}</title>
        {ForOtherSites(title, description, address)}
        <link rel="icon" href="{Icon}">
        <link rel="stylesheet" href="assets/vendor/katex.min.css">
        <link rel="stylesheet" href="assets/site.css">
        {LiveHtml.Style(bodyHtml)}
        {(HasExplorables(bodyHtml) ? """<link rel="stylesheet" href="assets/explorables/explorables.css">""" : "")}
        {WithoutScript}
        </head>
        <body class="{kind}">
        <a class="skip" href="#content">Skip to the content</a>
        {bodyHtml}
        {(bodyHtml.Contains(PredictionHtml.Marker, StringComparison.Ordinal) ? """<script src="assets/covers.js"></script>""" : "")}
        {(HasExplorables(bodyHtml) ? """<script src="assets/explorables/explorables.js"></script>""" : "")}
        {ChartScripts(bodyHtml)}
        <script src="assets/vendor/highlight.min.js"></script>
        <script src="assets/page.js"></script>
        <script src="assets/bar.js"></script>
        <script src="assets/search.js"></script>
        {LiveHtml.Scripts(bodyHtml)}
        </body>
        </html>

        """;

    // Nothing but what lies beside the page, on a server ('self') or on the disk (file:), and what it brings itself. Styles
    // may stand anywhere, because plotly.js writes them; a script in the content only if an output of a cell has it. The engines
    // (engine.js) run WebAssembly in a worker, and that worker and its modules come from memory (blob:).
    static string Policy(IEnumerable<string> scripts) => $"""
        default-src 'none'; script-src 'self' file: blob: 'wasm-unsafe-eval' {string.Join(' ', scripts)}; style-src 'self' file: 'unsafe-inline';
        img-src 'self' file: data: blob:; font-src 'self' file:; media-src data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'
        """;

    // What other sites show of a link to the page (Open Graph). The picture must be named by its whole address.
    static string ForOtherSites(string title, string description, Uri? address) => $"""
        <meta property="og:type" content="article">
        <meta property="og:title" content="{WebUtility.HtmlEncode(title)}">
        <meta property="og:description" content="{WebUtility.HtmlEncode(description)}">
        """ + (address is null ? "" : $"""

        <meta property="og:url" content="{WebUtility.HtmlEncode(address.AbsoluteUri)}">
        <meta property="og:image" content="{WebUtility.HtmlEncode(new Uri(address, "assets/og.png").AbsoluteUri)}">
        <meta property="og:image:width" content="1200">
        <meta property="og:image:height" content="630">
        <meta name="twitter:card" content="summary_large_image">
        """);

    static bool HasExplorables(string bodyHtml) => bodyHtml.Contains(Explorable.Marker, StringComparison.Ordinal);

    // plotly.js itself, the largest file by far, is loaded when the first chart comes near.
    static string ChartScripts(string bodyHtml) => !bodyHtml.Contains("class=\"plot\"", StringComparison.Ordinal) ? "" : """
        <script src="assets/chart-theme.js"></script>
        <script src="assets/charts.js"></script>
        """;
}
