using System.Net;
using BnNotebooks.Claims;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// The ledger of claims as a table: what is said, by whom, the verdict, why, and where it is decided. <c>assets/ledger.js</c> lets
/// one filter and sort it; without a script it is a plain table.
/// </summary>
/// <param name="ledger">The claims.</param>
/// <param name="pages">The notebooks that have a page.</param>
sealed class LedgerPage(Ledger ledger, IReadOnlyList<SitePage> pages)
{
    public const string FileName = "ledger.html";

    const string Description = "What the slide deck and later papers say of batch normalization, each statement with a verdict and what decides it.";

    static readonly (string Key, string Heading)[] Columns =
        [("verdict", "Verdict"), ("claim", "It is said"), ("found", "We found"), ("rests", "Rests on"), ("notebook", "Decided in")];

    readonly Dictionary<string, SitePage> pages = pages.ToDictionary(page => page.Notebook.Name);

    /// <summary>The line on the index that leads to it.</summary>
    public static string Link(SiteInfo info) => info.Ledger is not { } ledger ? "" :
        $"""<p class="ledger-link">{ledger.Claims.Count} statements, each with a verdict: <a href="{FileName}">the ledger of claims</a>.</p>""";

    /// <summary>The page.</summary>
    public string Render(SiteInfo info, SiteContents site)
    {
        var body = $"""
            {site.Bar(FileName)}
            <main id="content" class="ledger-page">
            <h1>The ledger of claims</h1>
            <p class="lead">{WebUtility.HtmlEncode(Description)} {Legend()}</p>
            {Filters()}
            <table class="ledger" role="table">
            <caption><span data-shown>{ledger.Claims.Count} claims</span></caption>
            <thead role="rowgroup"><tr role="row">{string.Concat(Columns.Select(column => $"<th role=\"columnheader\" scope=\"col\" data-key=\"{column.Key}\">{column.Heading}</th>"))}</tr></thead>
            <tbody role="rowgroup">
            {string.Concat(ledger.Claims.Select(Row))}
            </tbody>
            </table>
            <p class="none" hidden>No claim fits all of these.</p>
            </main>
            <script src="assets/ledger.js"></script>
            """;
        return PageShell.Render($"The ledger of claims · {info.Title}", Description, "course", body, [], info.AddressOf(FileName));
    }

    string Legend() => string.Join(" · ", Enum.GetValues<Verdict>()
        .Select(verdict => (verdict, Count: ledger.Claims.Count(claim => claim.Verdict == verdict)))
        .Where(entry => entry.Count > 0)
        .Select(entry => $"""<span class="count-of">{Badge(entry.verdict)} {entry.Count}</span>"""));

    // The choices come from the rows that are there.
    string Filters() => $"""
        <form class="filters" aria-label="Filter the claims">
        <fieldset><legend>Verdict</legend>
        {string.Concat(Enum.GetValues<Verdict>().Where(verdict => ledger.Claims.Any(claim => claim.Verdict == verdict))
            .Select(verdict => $"""<label class="chip"><input type="checkbox" name="verdict" value="{verdict.ToText()}">{Badge(verdict)}</label>"""))}
        </fieldset>
        <label>Said by {Select("source", ledger.Claims.Select(Source).Distinct().Select(source => (source, source)))}</label>
        <label>Notebook {Select("notebook", ledger.Claims.Select(claim => claim.Notebook).Distinct().Order(StringComparer.Ordinal).Select(name => (name, Name(name))))}</label>
        <label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
        <button type="reset">Show all</button>
        </form>
        """;

    static string Select(string name, IEnumerable<(string Value, string Text)> options) => $"""
        <select name="{name}"><option value="">all</option>{string.Concat(options.Select(option =>
            $"<option value=\"{WebUtility.HtmlEncode(option.Value)}\">{WebUtility.HtmlEncode(option.Text)}</option>"))}</select>
        """;

    string Row(Claim claim)
    {
        var literature = claim.Literature is null ? "" :
            $"<details><summary>Published</summary><p>{WebUtility.HtmlEncode(claim.Literature)}</p></details>";
        return $"""
            <tr role="row" id="claim-{claim.Id}" data-verdict="{claim.Verdict.ToText()}" data-source="{WebUtility.HtmlEncode(Source(claim))}" data-notebook="{WebUtility.HtmlEncode(claim.Notebook)}" data-order="{(int)claim.Verdict}">
            <td role="cell">{Badge(claim.Verdict)}</td>
            <th role="rowheader" scope="row">{WebUtility.HtmlEncode(claim.Statement)} <span class="said" title="{WebUtility.HtmlEncode(claim.Source ?? "the slide deck")}">{WebUtility.HtmlEncode(claim.SaidBy)}</span></th>
            <td role="cell">{WebUtility.HtmlEncode(ClaimView.Found(claim))}{literature}</td>
            <td role="cell">{ClaimView.RestsOn(claim)}</td>
            <td role="cell">{Place(claim)}</td>
            </tr>

            """;
    }

    /// <summary>The verdict: a sign, a word and a colour, each of which says it alone.</summary>
    static string Badge(Verdict verdict) =>
        $"""<span class="verdict {verdict.ToText().Replace(' ', '-')}"><span aria-hidden="true">{Sign(verdict)}</span> {verdict.ToText()}</span>""";

    static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "✓",
        Verdict.HoldsIf => "◐",
        Verdict.Contested => "⇄",
        Verdict.Wrong => "✗",
        _ => "?",
    };

    // Where the chart is that decides, or else the notebook's box, which says so.
    string Place(Claim claim)
    {
        if (!pages.TryGetValue(claim.Notebook, out var page))
            return WebUtility.HtmlEncode(claim.Notebook);
        var cell = claim.Cell ?? BoxOf(page, claim.Id);
        var address = Uri.EscapeDataString(page.FileName) + (cell is null ? "" : "#" + NotebookPage.Anchor(cell));
        return $"""<a href="{address}" aria-label="{WebUtility.HtmlEncode($"{page.Number} {page.Title}: where “{claim.Statement}” is decided")}">{WebUtility.HtmlEncode($"{page.Number} {page.Title}")}</a>""";
    }

    static string? BoxOf(SitePage page, string claim) => page.Notebook.Cells
        .FirstOrDefault(cell => cell.Kind == "code" && cell.Source.Contains($"{nameof(ClaimView)}.{nameof(ClaimView.Box)}", StringComparison.Ordinal)
            && cell.Source.Contains($"\"{claim}\"", StringComparison.Ordinal))?.Id;

    string Name(string notebook) => pages.TryGetValue(notebook, out var page) ? $"{page.Number} {page.Title}" : notebook;

    static string Source(Claim claim) => claim.Source is null ? "the slide deck" : claim.SaidBy;
}
