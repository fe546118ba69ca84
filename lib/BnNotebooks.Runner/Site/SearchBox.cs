namespace BnNotebooks.Runner.Site;

/// <summary>The search of the bar: a box whose list of places opens as one types (<c>assets/search.js</c>).</summary>
static class SearchBox
{
    /// <summary>The box. Without a script it could find nothing, and is not shown.</summary>
    public const string Html = """
        <div class="search" role="search">
        <input type="search" role="combobox" aria-label="Search all pages" aria-controls="found" aria-expanded="false" aria-autocomplete="list" aria-keyshortcuts="/" autocomplete="off" spellcheck="false" placeholder="Search">
        <kbd aria-hidden="true">/</kbd>
        <div class="found" hidden><ul id="found" role="listbox" aria-label="Places found"></ul><p class="hits" role="status"></p></div>
        </div>
        """;
}
