using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>Renders what a code cell produced.</summary>
sealed partial class OutputRenderer(MarkdownRenderer markdown, PageParts parts)
{
    /// <summary>The hashes of the scripts in all outputs rendered so far.</summary>
    public SortedSet<string> Scripts { get; } = new(StringComparer.Ordinal);

    /// <summary>All outputs of a cell as HTML, in order. Neighbouring pieces of one stream become one block.</summary>
    public string Render(JsonArray outputs)
    {
        var html = new StringBuilder();
        var stream = new StringBuilder();
        string? streamName = null;
        foreach (var output in outputs.OfType<JsonObject>())
        {
            var name = Text(output["output_type"]) == "stream" ? Text(output["name"]) : null;
            if (streamName is not null && name != streamName)
                EndStream();
            streamName = name;
            if (name is not null)
                stream.Append(Text(output["text"]));
            else
                html.AppendLine(parts.Render("output", "", () => Single(output)));
        }
        if (streamName is not null)
            EndStream();
        return html.ToString();

        void EndStream()
        {
            var kind = streamName == "stderr" ? "stderr" : "stdout";
            html.AppendLine($"""<pre class="output stream {kind}">{Escaped(stream.ToString())}</pre>""");
            stream.Clear();
        }
    }

    string Single(JsonObject output) => Text(output["output_type"]) switch
    {
        "error" => Error(output),
        _ => output["data"] is JsonObject bundle ? Bundle(bundle) : "",
    };

    /// <summary>The richest of the types that a page can show.</summary>
    string Bundle(JsonObject bundle)
    {
        if (PlotlyFigure.In(bundle) is { } figure)
            return Chart(figure);
        if (bundle[MimeTypes.Html] is { } html)
            return $"""<div class="output html scroll">{SafeHtml.Output(Text(html), Scripts)}</div>""";
        if (bundle[MimeTypes.Svg] is { } svg)
            return Image(MimeTypes.Svg, Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(svg))));
        if (bundle[MimeTypes.Png] is { } png)
            return Image(MimeTypes.Png, Text(png).ReplaceLineEndings(""));
        if (bundle[MimeTypes.Markdown] is { } source)
            return $"""<div class="output prose">{markdown.Render(Text(source))}</div>""";
        if (bundle[MimeTypes.Plain] is { } plain)
            return $"""<pre class="output result">{Escaped(Text(plain))}</pre>""";
        var types = string.Join(", ", bundle.Select(item => item.Key));
        return $"""<p class="output note">An output of type {Escaped(types)}, which a page cannot show.</p>""";
    }

    static string Image(string type, string base64) => $"""
        <figure class="output image">
        <img src="data:{type};base64,{WebUtility.HtmlEncode(base64)}" alt="Output of the cell above">
        </figure>
        """;

    /// <summary>A chart is drawn in the browser from its JSON. Its height is set here, so that the text does not jump.</summary>
    static string Chart(JsonObject figure)
    {
        var height = (figure["layout"] as JsonObject)?["height"] is { } value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<double>()
            : 420;
        // The title is Plotly's own small HTML; as a caption its text is enough.
        var title = WebUtility.HtmlDecode(Tags().Replace(PlotlyFigure.TitleOf(figure), " ")).Trim();
        var caption = title.Length > 0 ? $"<figcaption>{Escaped(title)}</figcaption>" : "";
        var style = string.Create(CultureInfo.InvariantCulture, $"height:{height:0}px");
        return $"""
            <figure class="output chart">
            {caption}
            <div class="plot" style="{style}"></div>
            <script type="application/json">{PlotlyFigure.ToScriptText(figure)}</script>
            <noscript>This chart is drawn by JavaScript.</noscript>
            </figure>
            """;
    }

    static string Error(JsonObject output)
    {
        var name = Text(output["ename"]);
        var value = Text(output["evalue"]);
        var trace = output["traceback"] is JsonArray lines
            ? string.Join('\n', lines.Select(Text)).Trim()
            : Text(output["traceback"]).Trim();
        var heading = name.Length > 0 && value.Length > 0 ? $"{name}: {value}" : name + value;
        var details = trace.Length > 0 && trace != value.Trim()
            ? $"<details><summary>Details</summary><pre>{Escaped(trace)}</pre></details>"
            : "";
        return $"""<div class="output error" role="note" aria-label="Error"><pre>{Escaped(heading)}</pre>{details}</div>""";
    }

    static string Text(JsonNode? node) => node switch
    {
        JsonObject json => json.ToJsonString(),
        JsonValue value when value.GetValueKind() != JsonValueKind.String => value.ToJsonString(),
        _ => NotebookCell.TextOf(node),
    };

    static string Escaped(string text) => WebUtility.HtmlEncode(TerminalColours().Replace(text, ""));

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex TerminalColours();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
