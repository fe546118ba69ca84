using System.Text.Json.Nodes;
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
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "1. First"), failed], Info, ".");

        var index = File.ReadAllText(folder.PathOf("site", "index.html"));
        Assert.Matches("(?s)href=\"01-a.html\".*>01<.*<strong>First</strong>.*>All about 01-a here\\.<.*ran in 1\\.5 s", index);
        Assert.Matches("(?s)href=\"02-b.html\".*cell 3: x &lt; 0.*failed", index);
        Assert.Matches("(?s)TorchSharp.*0\\.107\\.0.*Plotly\\.NET.*6\\.0\\.0", index);
    }

    [Fact]
    public void The_index_links_to_the_reference_whichever_of_the_two_came_first()
    {
        using var folder = new TemporaryFolder();
        string site = folder.PathOf("site"), index = folder.PathOf("site", "index.html");
        string Pages()
        {
            Directory.CreateDirectory(folder.PathOf("pages"));
            File.WriteAllText(folder.PathOf("pages", "index.html"), "every type");
            return folder.PathOf("pages");
        }

        SiteBuilder.Write(site, [Page("01-a", "A")], Info, ".");
        Assert.DoesNotContain("api/index.html", File.ReadAllText(index));
        Reference.Put(Pages(), site);
        Assert.Contains("<a href=\"api/index.html\">", File.ReadAllText(index));
        SiteBuilder.Write(site, [Page("01-a", "A")], Info, ".");
        Assert.Contains("<a href=\"api/index.html\">", File.ReadAllText(index));
        Assert.Equal("every type", File.ReadAllText(folder.PathOf("site", "api", "index.html")));
        Reference.Put(Pages(), site); // over the one before
    }

    [Fact]
    public void Each_page_leads_to_the_one_before_and_after()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A"), Page("02-b", "B"), Page("03-c", "C")], Info, ".");

        var middle = File.ReadAllText(folder.PathOf("site", "02-b.html"));
        Assert.Contains("rel=\"prev\" href=\"01-a.html\"", middle);
        Assert.Contains("rel=\"next\" href=\"03-c.html\"", middle);
        Assert.DoesNotContain("rel=\"prev\"", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.DoesNotContain("rel=\"next\"", File.ReadAllText(folder.PathOf("site", "03-c.html")));
    }

    [Fact]
    public void Where_the_repository_and_the_site_are_known_pages_lead_there_and_else_nowhere()
    {
        using var folder = new TemporaryFolder();
        var site = folder.PathOf("site");
        SiteBuilder.Write(site, [Page("01-a", "A \"quoted\"")], Info, ".");
        var plain = File.ReadAllText(Path.Combine(site, "01-a.html"));
        Assert.DoesNotMatch("github|codespaces|og:image|og:url", plain);
        Assert.Matches("<meta property=\"og:title\" content=\"A &quot;quoted&quot; [^\"]*The course\">", plain);

        File.WriteAllText(folder.PathOf("c.pdf"), "%PDF");
        SiteBuilder.Write(site, [Page("01-a", "A")], Info with
        {
            Repository = "https://github.com/owner/name",
            Address = "https://owner.github.io/name",
            Pdf = folder.PathOf("c.pdf"),
        }, ".");
        var page = File.ReadAllText(Path.Combine(site, "01-a.html"));
        Assert.Contains("href=\"https://codespaces.new/owner/name\"", page);
        Assert.Contains("href=\"https://github.com/owner/name/blob/HEAD/notebooks/01-a.ipynb\"", page);
        Assert.Contains("<meta property=\"og:url\" content=\"https://owner.github.io/name/01-a.html\">", page);
        Assert.Contains("<meta property=\"og:image\" content=\"https://owner.github.io/name/assets/og.png\">", page);
        Assert.True(File.Exists(Path.Combine(site, "assets", "og.png")));
        Assert.Contains("href=\"course.pdf\"", File.ReadAllText(Path.Combine(site, "index.html")));
        Assert.True(File.Exists(Path.Combine(site, "course.pdf")));
    }

    [Fact]
    public void Source_is_escaped()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info, ".");
        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Contains("<code class=\"language-csharp\">1 &lt; 2</code>", html);
    }

    [Fact]
    public void A_notebook_that_failed_says_so_on_its_page()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A") with { Failed = 1, Error = "cell 2: boom" }], Info, ".");
        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Matches("(?s)class=\"failure\".*did not run through.*cell 2: boom", html);
    }

    [Fact]
    public void Nothing_is_loaded_from_the_network_and_everything_referred_to_is_there()
    {
        using var folder = new TemporaryFolder();
        var site = folder.PathOf("site");
        SiteBuilder.Write(site, [Page("01-a", "A"), Page("02-b", "B")], Info, ".");

        var references = FilesBelow(site)
            .Where(file => file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".css", StringComparison.Ordinal))
            .SelectMany(file => Loaded().Matches(File.ReadAllText(Path.Combine(site, file)))
                .Select(match => (File: file, Address: match.Groups["address"].Value.Trim('"', '\''))))
            .Where(reference => !reference.Address.StartsWith("data:", StringComparison.Ordinal))
            .ToList();

        var later = LoadedLater().Matches(string.Concat(Directory.GetFiles(Path.Combine(site, "assets"), "*.js").Select(File.ReadAllText)))
            .Select(match => (File: "index.html", Address: match.Value)).ToList();
        Assert.Contains(later, reference => reference.Address.EndsWith("plotly.min.js", StringComparison.Ordinal));
        Assert.Contains(later, reference => reference.Address.EndsWith("search-index.js", StringComparison.Ordinal));
        references.AddRange(later);
        Assert.Contains(references, reference => reference.Address.EndsWith(".woff2", StringComparison.Ordinal));
        Assert.All(references, reference =>
        {
            Assert.DoesNotContain("//", reference.Address);
            Assert.True(File.Exists(Path.Combine(site, Path.GetDirectoryName(reference.File)!, reference.Address)), $"{reference}");
        });
    }

    public static TheoryData<string, JsonObject> Hostile => new()
    {
        { "text of cell 2", Notebook.Markdown(new string('[', 30_000)) },
        { "text of cell 2", Notebook.Markdown(new string('>', 5_000) + "x") },
        { "text of cell 2", Notebook.Markdown(string.Concat(Enumerable.Repeat("*a", 20_000))) },
        { "output of cell 2", Notebook.Code("1", Notebook.Display((MimeTypes.Plotly, "{not json"))) },
        { "output of cell 2", Notebook.Code("1", Notebook.Display((MimeTypes.Plotly, """{"data":[],"data":[]}"""))) },
        { "output of cell 2", Notebook.Code("1", Notebook.Display((MimeTypes.Plotly, new JsonArray()))) },
        { "output of cell 2", Notebook.Code("1", Notebook.Display(("text/html", new JsonArray(1)))) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_part_that_cannot_be_shown_costs_itself_and_is_reported(string part, JsonObject cell)
    {
        using var folder = new TemporaryFolder();
        var page = new SitePage(Notebook.Of("01-a", Notebook.Markdown("# A"), cell, Notebook.Markdown("what follows")), 1, 1, 0, null);

        var problems = SiteBuilder.Write(folder.PathOf("site"), [page, Page("02-b", "B")], Info, ".");

        Assert.StartsWith($"01-a: the page cannot show the {part}: ", Assert.Single(problems));
        Assert.Matches("(?s)class=\"failure\".*what follows", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.True(File.Exists(folder.PathOf("site", "02-b.html")));
    }

    [Fact]
    public void Html_nested_without_end_neither_ends_the_program_nor_swallows_the_page()
    {
        using var folder = new TemporaryFolder();
        var deep = string.Concat(Enumerable.Repeat("<div>", 5_000));
        var page = new SitePage(Notebook.Of("01-a", Notebook.Markdown(deep), Notebook.Code("1", Notebook.Display(("text/html", deep + "<!--")))), 1, 1, 0, null);

        Assert.Empty(SiteBuilder.Write(folder.PathOf("site"), [page], Info, "."));
        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Equal(Regex.Count(html, "<div"), Regex.Count(html, "</div>"));
    }

    [Fact]
    public void A_notebook_named_index_does_not_replace_the_list_of_notebooks()
    {
        using var folder = new TemporaryFolder();
        var problems = SiteBuilder.Write(folder.PathOf("site"), [Page("index", "I"), Page("01-a", "A")], Info, ".");
        Assert.StartsWith("index: ", Assert.Single(problems));
        Assert.Contains("href=\"01-a.html\"", File.ReadAllText(folder.PathOf("site", "index.html")));
    }

    [Fact]
    public void A_picture_beside_the_notebooks_comes_along_and_nothing_else_does()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("notebooks", "images"));
        File.WriteAllText(folder.PathOf("notebooks", "images", "a b.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        File.WriteAllText(folder.PathOf("notebooks", "notes.txt"), "");
        File.WriteAllText(folder.PathOf("outside.svg"), "");
        const string markdown = "![one](images/a%20b.svg) <img src=\"images/a b.svg\" alt=\"two\"> "
            + "![three](../outside.svg) ![four](notes.txt) ![five](images/none.svg)";
        var page = new SitePage(Notebook.Of("01-a", Notebook.Markdown(markdown)), 1, 0, 0, null);

        SiteBuilder.Write(folder.PathOf("site"), [page], Info, folder.PathOf("notebooks"));

        var html = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Equal(2, Regex.Count(html, "<img src=\"images/a%20b.svg\" alt=\"(one|two)\""));
        Assert.Matches("three four five", html);
        Assert.Equal(["a b.svg"], Directory.GetFiles(folder.PathOf("site", "images")).Select(Path.GetFileName));
    }

    [Fact]
    public void Our_scripts_work_from_the_disk()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info, ".");
        var scripts = Directory.GetFiles(folder.PathOf("site", "assets"), "*.js");
        Assert.NotEmpty(scripts);
        scripts = [.. scripts.Where(script => !Path.GetFileName(script).StartsWith("engine", StringComparison.Ordinal))]; // these fetch from a server alone

        // A browser refuses these to a page that was opened as a file.
        const string refused = @"\bfetch\(|XMLHttpRequest|^\s*(import|export)\b|https?:";
        Assert.All(scripts, script => Assert.DoesNotMatch(refused, File.ReadAllText(script)));
        Assert.DoesNotContain("type=\"module\"", File.ReadAllText(folder.PathOf("site", "01-a.html")));
    }

    [Fact]
    public void A_new_site_replaces_the_old_one_whole()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A"), Page("02-b", "B")], Info, ".");
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "Another")], Info, ".");

        Assert.Contains("Another", File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.False(File.Exists(folder.PathOf("site", "02-b.html")));
        Assert.Equal([folder.PathOf("site")], Directory.GetFileSystemEntries(folder.PathOf()));
    }

    [Fact]
    public void A_site_that_cannot_be_written_leaves_the_old_one_as_it_was()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info, ".");
        var before = File.ReadAllText(folder.PathOf("site", "01-a.html"));

        // The second page has no place to be written to, so writing stops after the first.
        var missing = Page("02-b", "B") with { Notebook = Notebook.Of("missing/02-b", Notebook.Markdown("# B")) };
        Assert.Throws<DirectoryNotFoundException>(() =>
            SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "Another"), missing], Info, "."));

        Assert.Equal(before, File.ReadAllText(folder.PathOf("site", "01-a.html")));
        Assert.Equal([folder.PathOf("site")], Directory.GetFileSystemEntries(folder.PathOf()));
    }

    [Fact]
    public void A_run_killed_between_the_two_renames_of_the_swap_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        SiteBuilder.Write(folder.PathOf("site"), [Page("01-a", "A")], Info, ".");
        Directory.Move(folder.PathOf("site"), folder.PathOf("site.old"));

        var missing = Page("02-b", "B") with { Notebook = Notebook.Of("missing/02-b", Notebook.Markdown("# B")) };
        Assert.Throws<DirectoryNotFoundException>(() => SiteBuilder.Write(folder.PathOf("site"), [missing], Info, "."));
        Assert.True(File.Exists(folder.PathOf("site", "01-a.html")));
    }

    // What our scripts load when it is needed.
    [GeneratedRegex(@"assets/(?!engines/)[a-z/.-]+\.js\b")]
    private static partial Regex LoadedLater();

    // Whatever makes a browser load something: src, the href of a link element, url() and @import.
    [GeneratedRegex("""\bsrc="(?<address>[^"]*)"|<link\b[^>]*\bhref="(?<address>[^"]*)"|\burl\((?<address>[^)]*)\)|@import\s+(?<address>\S+)""")]
    private static partial Regex Loaded();
}
