namespace BnNotebooks;

/// <summary>The MIME types of outputs that the project writes or treats in a way of their own.</summary>
static class MimeTypes
{
    /// <summary>A Plotly figure as JSON, which editors draw themselves.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>A fragment of HTML, perhaps with scripts.</summary>
    public const string Html = "text/html";

    public const string Json = "application/json";

    public const string Markdown = "text/markdown";

    public const string Plain = "text/plain";

    public const string Png = "image/png";

    public const string Svg = "image/svg+xml";
}
