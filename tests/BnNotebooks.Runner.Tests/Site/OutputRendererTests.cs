using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Site;

public class OutputRendererTests
{
    static string Render(params JsonObject[] outputs) =>
        new OutputRenderer(new MarkdownRenderer(new PageLinks([])), new PageParts("a")).Render(new JsonArray([.. outputs]));

    [Fact]
    public void The_richest_type_is_shown()
    {
        var types = new (string Type, string Value, string Mark)[]
        {
            (MimeTypes.Plotly, Notebook.Chart().ToJsonString(), "class=\"plot\""),
            ("text/html", "<b>bold</b>", "<b>bold</b>"),
            ("image/svg+xml", "<svg/>", "data:image/svg+xml;base64,PHN2Zy8+"),
            ("image/png", "iVBO", "data:image/png;base64,iVBO"),
            ("text/markdown", "*slanted*", "<em>slanted</em>"),
            ("text/plain", "plain words", "plain words"),
        };
        for (var best = 0; best < types.Length; best++)
        {
            // The best comes last in the bundle, so that it isn't taken for being the first.
            var bundle = types[best..].Reverse().Select(item => (item.Type, (JsonNode)item.Value)).ToArray();
            var html = Render(Notebook.Display(bundle));
            Assert.Contains(types[best].Mark, html);
            Assert.All(types[(best + 1)..], other => Assert.DoesNotContain(other.Mark, html));
        }
    }

    [Fact]
    public void Text_is_escaped_and_loses_its_terminal_colours()
    {
        var html = Render(Notebook.Stream("\x1b[31mList<int> & co\x1b[0m"), Notebook.Display(("text/plain", "<script>")));
        Assert.Contains(">List&lt;int&gt; &amp; co</pre>", html);
        Assert.Contains(">&lt;script&gt;</pre>", html);
    }

    [Fact]
    public void Pieces_of_one_stream_become_one_block_and_other_streams_do_not()
    {
        var html = Render(Notebook.Stream("a"), Notebook.Stream("b\n"), Notebook.Stream("c", "stderr"), Notebook.Stream("d"));
        Assert.Equal(["ab\n", "c", "d"], Regex.Matches(html, "<pre[^>]*>([^<]*)</pre>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Neighbouring_streams_around_an_output_keep_their_order()
    {
        var html = Render(Notebook.Stream("before"), Notebook.Display(("text/plain", "between")), Notebook.Stream("after"));
        Assert.Matches("(?s)before.*between.*after", html);
        Assert.DoesNotContain("beforeafter", html);
    }

    [Fact]
    public void An_error_shows_its_message_and_folds_its_stack()
    {
        var html = Render(Notebook.Error("ArgumentException", "x has <3> features", "   at Layer.Forward()"));
        Assert.Contains("<pre>ArgumentException: x has &lt;3&gt; features</pre>", html);
        Assert.Matches("(?s)<details>.*at Layer.Forward\\(\\).*</details>", html);
    }

    [Fact]
    public void A_chart_title_cannot_break_out_of_the_script()
    {
        const string title = "</script><script>alert(1)</script><!--";
        var html = Render(Notebook.ChartOutput(title));
        Assert.Single(Regex.Matches(html, "</script"));
        var json = Regex.Match(html, "<script type=\"application/json\">(.*?)</script>").Groups[1].Value;
        Assert.Equal(title, JsonNode.Parse(json)!["layout"]!["title"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void A_chart_stored_as_a_string_is_a_chart() =>
        Assert.Contains("<figcaption>γ &lt; 1 in bold</figcaption>", Render(
            Notebook.Display((MimeTypes.Plotly, Notebook.Chart("γ &lt; 1 <b>in bold</b>").ToJsonString()))).Replace("  ", " "));

    [Fact]
    public void An_output_that_a_page_cannot_show_is_named() =>
        Assert.Contains("application/x-tensor", Render(Notebook.Display(("application/x-tensor", "…"))));
}
