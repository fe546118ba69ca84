namespace BnNotebooks.Runner.Execution;

/// <summary>The MIME types that the Runner treats in a way of their own.</summary>
static class MimeTypes
{
    /// <summary>A Plotly figure as JSON, which editors draw themselves.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>A fragment of HTML, perhaps with scripts.</summary>
    public const string Html = "text/html";
}
