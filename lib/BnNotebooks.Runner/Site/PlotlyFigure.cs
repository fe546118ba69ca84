using System.Text.Json;
using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Site;

/// <summary>A chart in an output's MIME bundle.</summary>
static class PlotlyFigure
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The chart of a bundle, or null where it has none. Some hosts store the JSON as a string.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, or names something twice.</exception>
    public static JsonObject? In(JsonObject bundle)
    {
        if (bundle[MimeTypes.Plotly] is not { } value)
            return null;
        try
        {
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The chart is not the JSON of a chart. {error.Message}", error);
        }
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
