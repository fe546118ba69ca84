using System.Text.RegularExpressions;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Site;

public partial class SiteBuilderTests
{
    static readonly SiteInfo Info = new("The course", "What it is.",
        [new("TorchSharp", "0.107.0"), new("Plotly.NET", "6.0.0")]);

    static SitePage Page(string name, string title) => new(
        Notebook.Of(name,
            Notebook.Markdown($"# {title}\n\nAll about {name} here. More."),
            Notebook.Code("1 < 2", Notebook.ChartOutput())),
        Seconds: 1.5, Cells: 1, Failed: 0, Error: null);

    static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];

    [Fact]
    public void The_index_says_of_each_notebook_what_it_is_and_how_it_went()
    {
        using var folder = new TemporaryFolder();
        var failed = Page("02-b", "Second") with { Failed = 1, Error = "cell 3: x < 0" };
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "1. First"), failed], Info);

        var index = File.ReadAllText(folder.PathOf("site", "index.html"));
        Assert.Matches("(?s)href=\"01-a.html\".*>01<.*<strong>First</strong>.*>All about 01-a here\\.<.*ran in 1\\.5 s", index);
        Assert.Matches("(?s)href=\"02-b.html\".*cell 3: x &lt; 0.*failed", index);
        Assert.Matches("(?s)TorchSharp.*0\\.107\\.0.*Plotly\\.NET.*6\\.0\\.0", index);
    }

    [Fact]
    public void Each_page_leads_to_the_one_before_and_after()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A"), Page("02-b", "B"), Page("03-c", "C")], Info);

        var middle = File.ReadAllText(folder.PathOf("site", "02-b.html"));
        Assert.Contains("rel=\"prev\" href=\"01-a.html\"", middle);
        Assert.Contains("rel=\"next\" href=\"03-c.html\"", middle);
        Assert.DoesNotContain("rel=\"prev\"", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.DoesNotContain("rel=\"next\"", File.ReadAllText(folder.PathOf("site", "03-c.html")));
    }

    [Fact]
    public void Source_is_escaped()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info);
        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Contains("<code class=\"language-csharp\">1 &lt; 2</code>", html);
    }

    [Fact]
    public void A_page_loads_the_diagram_script_only_if_it_has_a_diagram()
    {
        using var folder = new TemporaryFolder();
        var drawn = new SitePage(Notebook.Of("01-a", Notebook.Markdown("# A\n\n```mermaid\nflowchart LR\n  x --> y\n```")), 1, 0, 0, null);
        SiteBuilder.Write(folder.PathOf("site"), [drawn, Page("02-b", "B")], Info);

        Assert.Contains("mermaid.tiny.js", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.DoesNotContain("mermaid.tiny.js", File.ReadAllText(folder.PathOf("site", "02-b.html")));
        Assert.True(File.Exists(folder.PathOf("site", "assets", "vendor", "mermaid.tiny.js")));
    }

    [Fact]
    public void The_source_of_an_HTML_cell_is_folded()
    {
        using var folder = new TemporaryFolder();
        var cell = Notebook.Code("#!html\n<b>x</b>");
        cell["metadata"]!["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = "html" };
        SiteBuilder.Write(folder.PathOf("site"), [new SitePage(Notebook.Of("01-a", cell), 1, 1, 0, null)], Info);

        Assert.Matches("(?s)<details><summary>[^<]+</summary><pre><code class=\"language-html\">", File.ReadAllText(folder.PathOf("site", "01-a.html")));
    }

    [Fact]
    public void A_notebook_that_failed_says_so_on_its_page()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A") with { Failed = 1, Error = "cell 2: boom" }], Info);
        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Matches("(?s)class=\"failure\".*did not run through.*cell 2: boom", html);
    }

    [Fact]
    public void Nothing_is_loaded_from_the_network_and_everything_referred_to_is_there()
    {
        using var folder = new TemporaryFolder();
        var site = folder.PathOf("site");
        SiteBuilder.Write(site, [Page("01-a", "A"), Page("02-b", "B")], Info);

        var references = FilesBelow(site)
            .Where(file => file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".css", StringComparison.Ordinal))
            .SelectMany(file => Loaded().Matches(File.ReadAllText(Path.Combine(site, file)))
                .Select(match => (File: file, Address: match.Groups["address"].Value.Trim('"', '\''))))
            .Where(reference => !reference.Address.StartsWith("data:", StringComparison.Ordinal))
            .ToList();

        Assert.Contains(references, reference => reference.Address.EndsWith("plotly.min.js", StringComparison.Ordinal));
        Assert.Contains(references, reference => reference.Address.EndsWith(".woff2", StringComparison.Ordinal));
        Assert.All(references, reference =>
        {
            Assert.DoesNotContain("//", reference.Address);
            Assert.True(File.Exists(Path.Combine(site, Path.GetDirectoryName(reference.File)!, reference.Address)), $"{reference}");
        });
    }

    [Fact]
    public void Our_scripts_work_from_the_disk()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info);
        var scripts = Directory.GetFiles(folder.PathOf("site", "assets"), "*.js");
        Assert.NotEmpty(scripts);

        // A browser refuses these to a page that was opened as a file.
        const string refused = @"\bfetch\(|XMLHttpRequest|^\s*(import|export)\b|https?:";
        Assert.All(scripts, script => Assert.DoesNotMatch(refused, File.ReadAllText(script)));
        Assert.DoesNotContain("type=\"module\"", File.ReadAllText(folder.PathOf("site", "01-a.html")));
    }

    [Fact]
    public void A_new_site_replaces_the_old_one_whole()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A"), Page("02-b", "B")], Info);
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "Another")], Info);

        Assert.Contains("Another", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.False(File.Exists(folder.PathOf("site", "02-b.html")));
        Assert.Equal([folder.PathOf("site")], Directory.GetFileSystemEntries(folder.PathOf()));
    }

    [Fact]
    public void A_site_that_cannot_be_written_leaves_the_old_one_as_it_was()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info);
        var before = File.ReadAllText(folder.PathOf("site", "01-a.html"));

        // The second page has no place to be written to, so writing stops after the first.
        var missing = Page("02-b", "B") with { Notebook = Notebook.Of("missing/02-b", Notebook.Markdown("# B")) };
        Assert.Throws<DirectoryNotFoundException>(() =>
            SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "Another"), missing], Info));

        Assert.Equal(before, File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.Equal([folder.PathOf("site")], Directory.GetFileSystemEntries(folder.PathOf()));
    }

    [Fact]
    public void A_run_killed_between_the_two_renames_of_the_swap_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info);
        Directory.Move(folder.PathOf("site"), folder.PathOf("site.old"));

        var missing = Page("02-b", "B") with { Notebook = Notebook.Of("missing/02-b", Notebook.Markdown("# B")) };
        Assert.Throws<DirectoryNotFoundException>(() => SiteBuilder.Write(folder.PathOf("site"), [missing], Info));
        Assert.True(File.Exists(folder.PathOf("site", "01-a.html")));
    }

    // Whatever makes a browser load something: src, the href of a link element, url() and @import.
    [GeneratedRegex("""\bsrc="(?<address>[^"]*)"|<link\b[^>]*\bhref="(?<address>[^"]*)"|\burl\((?<address>[^)]*)\)|@import\s+(?<address>\S+)""")]
    private static partial Regex Loaded();
}
