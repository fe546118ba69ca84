namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Names the MIME type of plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary>Plain text.</summary>
    public const string MimeType = "text/plain";
}

/// <summary>Names the MIME type of HTML.</summary>
public static class HtmlFormatter
{
    /// <summary>A fragment of HTML.</summary>
    public const string MimeType = "text/html";
}
