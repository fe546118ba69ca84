using System.Text.Json;
using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Site;

/// <summary>A chart in an output's MIME bundle.</summary>
static class PlotlyFigure
{
    /// <summary>The MIME type of a chart described as JSON.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>The chart of a bundle, or null where it has none. Some hosts store the JSON as a string.</summary>
    public static JsonObject? In(JsonObject bundle)
    {
        var value = bundle[MimeType];
        return value?.GetValueKind() == JsonValueKind.String
            ? JsonNode.Parse(value.GetValue<string>()) as JsonObject
            : value as JsonObject;
    }

    /// <summary>The title of a chart, or an empty string. plotly.js takes a string or an object with a text.</summary>
    public static string TitleOf(JsonObject figure)
    {
        var title = (figure["layout"] as JsonObject)?["title"];
        var text = title is JsonObject details ? details["text"] : title;
        return text?.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : "";
    }

    /// <summary>JSON that can stand inside a script element: every &lt; is escaped, so that nothing in it ends the element.</summary>
    public static string ToScriptText(JsonNode figure) => figure.ToJsonString(); // the default encoder escapes < > & '
}
