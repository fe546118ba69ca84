using System.Runtime.InteropServices.JavaScript;
using System.Text;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;

namespace BnNotebooks.Live;

/// <summary>What the page calls.</summary>
static partial class Cells
{
    static Session session = new();

    [JSExport]
    public static void Reset() => session = new();

    [JSExport]
    public static async Task<string> Run(string code)
    {
        var printed = new StringWriter();
        Console.SetOut(printed);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            var ran = await session.Run(code);
            var json = new Dictionary<string, object?> { ["printed"] = printed.ToString(), ["ms"] = clock.ElapsedMilliseconds };
            if (ran.Errors.Count > 0)
                json["errors"] = ran.Errors.Select(e => e.ToString()).ToArray();
            else if (ran.HasValue && ran.Value is { } value)
                json["data"] = Formatter.GetPreferredMimeTypesFor(value.GetType()).ToDictionary(mime => mime, mime => value.ToDisplayString(mime));
            return JsonSerializer.Serialize(json);
        }
        catch (Exception error)
        {
            return JsonSerializer.Serialize(new { printed = printed.ToString(), error = error.ToString()[..Math.Min(900, error.ToString().Length)] });
        }
    }
}
