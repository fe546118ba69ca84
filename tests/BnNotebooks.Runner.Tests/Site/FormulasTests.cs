using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Site;

public class FormulasTests
{
    static string Rendered(string markdown) => Formulas.Set(new MarkdownRenderer(new PageLinks([])).Render(markdown));

    [Fact]
    public void A_page_brings_its_formulas_set_and_no_script_for_them()
    {
        using var folder = new TemporaryFolder();
        var notebook = Notebook.Of("01-a", Notebook.Markdown("# Of $\\mu$\n\n$$\n\\sigma\n$$"));
        SiteBuilder.Write(folder.PathOf("site"), [new(notebook, Seconds: null, Cells: 0, Failed: 0, Error: null)], new("The course", "What it is.", []), ".");

        var page = File.ReadAllText(folder.PathOf("site", "01-a.html"));
        Assert.Matches("(?s)<h1.*class=\"katex\".*</h1>.*class=\"katex-display\"", page);
        Assert.DoesNotContain("katex.min.js", page);
    }

    [Fact]
    public void A_formula_in_a_line_is_set_and_keeps_its_source_for_those_who_copy_or_hear_it()
    {
        var html = Rendered(@"the mean $\mu_B < 3$ of a batch");

        Assert.Contains("<span class=\"math\"><span class=\"katex\">", html);
        Assert.Contains(@"<annotation encoding=""application/x-tex"">\mu_B &lt; 3</annotation>", html);
        Assert.DoesNotContain("katex-display", html);
        Assert.DoesNotContain(@"\(", html);
    }

    [Theory]
    [InlineData("$$x$$")]
    [InlineData("text $$x$$ text")]
    [InlineData("$$\nx\n$$")]
    public void Two_dollars_put_a_formula_in_a_line_of_its_own(string markdown) =>
        Assert.Contains("<span class=\"katex-display\">", Rendered(markdown));

    [Fact]
    public void Code_that_looks_like_a_formula_stays_code() =>
        Assert.DoesNotContain("katex", Rendered("`\\(x\\)` and\n\n    <span class=\"math\">\\(x\\)</span>\n"));

    [Fact]
    public void What_KaTeX_cannot_read_is_shown_as_it_was_written_in_red()
    {
        var html = Rendered(@"$\frac{1}{$ and $y$");

        Assert.Contains("katex-error", html);
        Assert.Contains(@"\frac{1}{</span>", html);
        Assert.Contains("<span class=\"katex\">", html);
    }

    [Theory]
    [InlineData(@"\def\x{\x\x}\x")]
    [InlineData(@"\href{javascript:alert(1)}{x}")]
    [InlineData(@"\includegraphics{https://example.org/a.png}")]
    [InlineData(@"\htmlData{x=1}{y}")]
    public void A_formula_can_neither_run_for_ever_nor_bring_a_link_or_a_picture(string tex)
    {
        var html = Rendered($"${tex}$");

        Assert.DoesNotContain("href=", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("data-x", html);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(100_000, false)]
    public void A_formula_that_nests_too_deeply_stays_as_it_was_written(int depth, bool set)
    {
        var page = $"<p><span class=\"math\">\\({new string('{', depth)}x{new string('}', depth)}\\)</span></p>";

        Assert.Equal(set, Formulas.Set(page) != page);
        Assert.Contains("katex", Rendered($"$x_{{{depth}}}$")); // the next one has the whole depth again
        Assert.Contains("katex", Rendered($"${new string('{', 15)}{depth}{new string('}', 15)}$"));
    }
}
