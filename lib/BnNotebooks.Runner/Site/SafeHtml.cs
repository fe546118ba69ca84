using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace BnNotebooks.Runner.Site;

/// <summary>Makes HTML that came with a notebook fit to stand in a page: it leaves nothing open that would swallow the rest.</summary>
static class SafeHtml
{
    static readonly string[] NoProse = ["form", "button", "select", "option", "optgroup", "textarea", "keygen", "datalist"];
    static readonly string[] BeyondTheCell = ["base", "meta", "link"]; // they act on the whole page, two of them unbound by its policy

    /// <summary>What Markdown became: text, links and pictures, and nothing that acts.</summary>
    public static string Prose(string html, PageLinks links)
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.UnionWith(["details", "summary"]);
        sanitizer.AllowedTags.ExceptWith(NoProse);
        sanitizer.AllowedAttributes.UnionWith(["id", "class", "role", "open", "aria-label"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedCssProperties.Add("text-align"); // of a table's columns
        sanitizer.AllowedSchemes.Add("mailto");
        sanitizer.FilterUrl += (_, url) =>
        {
            if (url.Tag.LocalName == "img")
                url.SanitizedUrl = links.Picture(url.OriginalUrl);
        };
        return sanitizer.Sanitize(html);
    }

    /// <summary>
    /// What a cell showed. Its scripts may run, for they are what the notebook's own code does: their hashes are added to
    /// <paramref name="scripts"/>, for the page's policy to allow them and no others.
    /// </summary>
    public static string Output(string html, ISet<string> scripts)
    {
        var parser = new HtmlParser();
        var body = parser.ParseDocument("").Body!;
        body.Append([.. parser.ParseFragment(html, body)]);
        foreach (var element in body.QuerySelectorAll(string.Join(", ", BeyondTheCell)))
            element.Remove();
        foreach (var script in body.QuerySelectorAll("script"))
            scripts.Add(Hash(script.TextContent));
        return body.InnerHtml;
    }

    /// <summary>What a page's policy calls a script that stands in the page.</summary>
    public static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
