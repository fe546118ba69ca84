using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// What a value looks like when nobody registered a formatter for its type. Plain on purpose: the real package has markup
/// of its own here, so nothing that has to look the same everywhere may rely on it.
/// </summary>
static class DefaultFormatting
{
    const int ListLimit = 20;
    const int DepthLimit = 4;

    public static void Write(object? value, TextWriter writer, string mimeType)
    {
        switch (mimeType)
        {
            case HtmlFormatter.MimeType when value is IHtmlContent html:
                html.WriteTo(writer, HtmlEncoder.Default);
                break;
            case HtmlFormatter.MimeType:
                writer.Write($"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(Text(value))}</pre></div>");
                break;
            case "application/json":
                writer.Write(JsonSerializer.Serialize(value));
                break;
            default:
                writer.Write(Text(value));
                break;
        }
    }

    static string Text(object? value, int depth = 0) => value switch
    {
        null => "<null>",
        string text => text,
        IEnumerable items when depth < DepthLimit => List(items, depth),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // Takes one more item than it shows, so that an endless sequence ends too.
    static string List(IEnumerable items, int depth)
    {
        var first = items.Cast<object?>().Take(ListLimit + 1).ToList();
        var shown = string.Join(", ", first.Take(ListLimit).Select(item => Text(item, depth + 1)));
        return first.Count == 0 ? "[ ]" : first.Count > ListLimit ? $"[ {shown}, ... (more) ]" : $"[ {shown} ]";
    }
}
