using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Site;

public class MarkdownRendererTests
{
    static string Render(string markdown) => new MarkdownRenderer(new PageLinks(["08-examples"])).Render(markdown);

    [Theory]
    [InlineData(@"a $x_i - \mu_B$ and $y_j * 2$ b", @"\(x_i - \mu_B\)", @"\(y_j * 2\)")]
    [InlineData(@"set $\{a\} \\ \_b$ here", @"\(\{a\} \\ \_b\)")]
    [InlineData("table\n\n| a | b |\n|---|---|\n| $|x|_1$ | c |", @"\(|x|_1\)")]
    public void Formulas_survive_Markdown(string markdown, params string[] formulas)
    {
        var html = WebUtility.HtmlDecode(Render(markdown));
        Assert.All(formulas, formula => Assert.Contains(formula, html));
        Assert.DoesNotContain("<em>", html);
    }

    [Fact]
    public void A_formula_on_its_own_lines_keeps_its_line_breaks()
    {
        var html = WebUtility.HtmlDecode(Render("$$\n\\begin{aligned}\na_1 &= b \\\\\nc &= d_2\n\\end{aligned}\n$$"));
        Assert.Contains("<div class=\"math\">", html);
        Assert.Contains("a_1 &= b \\\\\nc &= d_2", html);
    }

    [Fact]
    public void Double_dollars_within_a_paragraph_are_a_displayed_formula() =>
        Assert.Contains("class=\"math display\"", Render("so $$ y = \\gamma x $$ holds"));

    [Theory]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<JaVaScRiPt:alert(1)> <vbscript:x> <data:text/html,x>")]
    [InlineData("[a](java&#115;cript:x) [b](&#1;javascript:x) [c](data:text/html,x)\n\n[d]\n\n[d]: vbscript:x")]
    [InlineData("<a href=\"java\tscript:x\">a</a> <a href=' &#x6A;avascript:x'>b</a> <a href=\"DATA:text/html,x\">c</a>")]
    [InlineData("<svg><a xlink:href=\"javascript:x\"><text>a</text></a></svg> <math href=\"javascript:x\">b</math>")]
    [InlineData("<form action=\"javascript:x\"><button formaction=\"javascript:x\">a</button></form>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=javascript:x\"><base href=\"javascript:x\"><link href=\"data:x\">")]
    [InlineData("<iframe src=\"javascript:x\"></iframe><object data=\"data:x\"></object><embed src=\"data:x\">")]
    [InlineData("<img src=x onerror=\"javascript:x\"> <b onclick=\"javascript:x\">b</b>\n\n<script>javascript:x</script>")]
    [InlineData("<style>@import 'data:x';</style> <p style=\"background:url(javascript:x)\">a</p>")]
    public void Nothing_in_the_text_acts(string markdown)
    {
        var elements = new HtmlParser().ParseDocument(Render(markdown)).Body!.QuerySelectorAll("*");
        Assert.DoesNotContain(elements, element => element.LocalName is not ("p" or "a" or "b" or "img"));
        Assert.All(elements.SelectMany(element => element.Attributes), attribute =>
        {
            Assert.DoesNotMatch("^on", attribute.Name);
            Assert.DoesNotMatch("(?i)(script|data):", Regex.Replace(attribute.Value, @"\s|\p{C}", ""));
        });
    }

    [Theory]
    [InlineData("It costs $5 or $10.")]
    [InlineData("From $5 to $6, or US$7.")]
    public void Prices_are_no_formulas(string markdown) => Assert.Contains(markdown, Render(markdown));

    [Theory]
    [InlineData("08-examples.ipynb", "08-examples.html")]
    [InlineData("./08-examples.ipynb", "08-examples.html")]
    [InlineData("08-examples.ipynb#By-Hand", "08-examples.html#by-hand")]
    [InlineData("#By-Hand", "#by-hand")]
    [InlineData("https://example.org/08-examples.ipynb", "https://example.org/08-examples.ipynb")]
    public void Links_lead_to_pages(string link, string address) =>
        Assert.Contains($"<a href=\"{address}\">text</a>", Render($"[text]({link})"));

    [Theory]
    [InlineData("../data/README.md")]
    [InlineData("99-missing.ipynb")]
    [InlineData("javascript:alert(1)")]
    public void A_link_to_what_the_site_lacks_keeps_its_text_alone(string link) =>
        Assert.Equal("<p>see <em>the</em> text here</p>", Render($"see [*the* text]({link}) here").Trim());

    [Fact]
    public void A_picture_from_the_web_becomes_a_link()
    {
        var html = Render("![a plot](https://example.org/plot.png)");
        Assert.DoesNotContain("<img", html);
        Assert.Contains("<a href=\"https://example.org/plot.png\"", html);
    }

    [Fact]
    public void A_folded_solution_stays_folded_and_its_Markdown_is_rendered()
    {
        var html = Render("<details>\n<summary>Solution</summary>\n\n**Bold** `code`\n\n</details>");
        Assert.Contains("<details>\n<summary>Solution</summary>\n<p><strong>Bold</strong> <code>code</code></p>\n</details>", html);
    }

    [Fact]
    public void A_table_stands_in_a_box_that_scrolls() =>
        Assert.Matches("(?s)<div class=\"scroll\">\\s*<table>.*</table>\\s*</div>", Render("| a |\n|---|\n| 1 |"));

    [Fact]
    public void Headings_get_ids_that_are_unique_on_the_page()
    {
        var renderer = new MarkdownRenderer(new PageLinks([]));
        var html = renderer.Render("## Try it\n\n## Try it") + renderer.Render("### Try `it`: $x$");
        Assert.Equal(["try-it", "try-it-1", "try-it-x"], renderer.Headings.Select(heading => heading.Id));
        Assert.Contains("<h2 id=\"try-it-1\">", html);
        Assert.Contains("<code>it</code>", renderer.Headings[2].Html);
    }

    [Fact]
    public void A_heading_takes_no_id_of_the_frame_or_of_a_footnote()
    {
        var renderer = new MarkdownRenderer(new PageLinks([]));
        var html = renderer.Render("## Content\n\n## fn\n\na[^n]\n\n[^n]: note");
        Assert.Contains("<h2 id=\"content-1\">", html);
        Assert.Contains("<h2 id=\"fn\">", html);
        Assert.Contains("id=\"cell1-fn:1\"", html);
    }

    [Fact]
    public void Footnotes_of_two_cells_do_not_share_an_id()
    {
        var renderer = new MarkdownRenderer(new PageLinks([]));
        Assert.Contains("id=\"cell1-fn:1\"", renderer.Render("a[^n]\n\n[^n]: note"));
        Assert.Contains("href=\"#cell2-fn:1\"", renderer.Render("b[^n]\n\n[^n]: note"));
    }

    [Theory]
    [InlineData("# Title\n\nThe *first* sentence, e.g. this one. The second.", "The first sentence, e.g. this one.")]
    [InlineData("# Title\n\n- a list\n\nWith ε = 1.5 `eps` and $x_1$ in it.\n", "With ε = 1.5 eps and x_1 in it.")]
    [InlineData("# Title alone", "")]
    public void The_summary_is_the_first_sentence(string markdown, string summary) =>
        Assert.Equal(summary, MarkdownText.ToText(MarkdownRenderer.Summary([markdown])));
}
