using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace BnNotebooks.Runner.Site;

/// <summary>
/// Sets the formulas of a finished page with KaTeX, so that a reader needs no script for them and nothing moves when it comes.
/// </summary>
static partial class Formulas
{
    // A formula that nests more deeply than any that a person writes would fill the stack: so many calls take about 1 MB of the
    // 1.5 MB that a thread has at least.
    const int DeepestCalls = 200;

    // One interpreter for all, because it reads KaTeX for a second. It serves one thread at a time.
    static readonly Lazy<(Engine Engine, JsValue Set)> KaTeX = new(Start);
    static readonly ConcurrentDictionary<(string Tex, bool Display), string?> Done = [];

    /// <summary>The page with its formulas set. What KaTeX cannot read is shown in red, what is too much for it, as too deep nesting, stays as it is.</summary>
    /// <param name="html">A page as Markdig leaves it: <c>\(…\)</c> in a span, <c>\[…\]</c> in a div, <c>$$…$$</c> within a paragraph in a span of class <c>display</c>.</param>
    public static string Set(string html) => Formula().Replace(html, found =>
    {
        var tex = WebUtility.HtmlDecode(found.Groups["tex"].Value).Trim()[2..^2];
        var display = found.Groups["tag"].Value == "div" || found.Groups["display"].Success;
        return Done.GetOrAdd((tex, display), Set) is { } set ? $"{found.Groups["begin"]}{set}{found.Groups["end"]}" : found.Value;
    });

    static string? Set((string Tex, bool Display) formula)
    {
        var (engine, set) = KaTeX.Value;
        lock (engine)
        {
            try
            {
                return engine.Invoke(set, formula.Tex, formula.Display).AsString();
            }
            catch (Exception problem) when (problem is RecursionDepthOverflowException or JavaScriptException)
            {
                return null;
            }
        }
    }

    static (Engine, JsValue) Start()
    {
        using var script = new StreamReader(SiteAssets.Open("vendor/katex.min.js"));
        var engine = new Engine(options => options.LimitRecursion(DeepestCalls)).Execute(script.ReadToEnd());
        return (engine, engine.Evaluate("(tex, displayMode) => katex.renderToString(tex, { displayMode, throwOnError: false })"));
    }

    [GeneratedRegex("""(?<begin><(?<tag>span|div) class="math(?<display> display)?">)(?<tex>\s*\\[(\[][^<]*\\[)\]]\s*)(?<end></\k<tag>>)""")]
    private static partial Regex Formula();
}
