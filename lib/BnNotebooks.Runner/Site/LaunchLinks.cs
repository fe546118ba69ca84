using System.Net;
using System.Text.RegularExpressions;

namespace BnNotebooks.Runner.Site;

/// <summary>Where a notebook can be opened to be run and changed: a line below its title. A repository that is not known gives none.</summary>
static partial class LaunchLinks
{
    /// <summary>Whether a text can be the repository's address: <c>https://github.com/OWNER/NAME</c>.</summary>
    public static bool IsRepository(string address) => Address().IsMatch(address);

    /// <summary>The links of a notebook's page.</summary>
    /// <param name="repository">The repository's address, or null.</param>
    /// <param name="notebook">The notebook's name.</param>
    public static string Of(string? repository, string notebook)
    {
        List<string> links = [];
        if (repository is not null)
        {
            links.Add(Link($"https://codespaces.new/{Address().Match(repository).Groups["name"].Value}", "Open in a Codespace"));
            links.Add(Link($"{repository}/blob/HEAD/notebooks/{Uri.EscapeDataString(notebook)}.ipynb", "The notebook on GitHub"));
        }
        links.Add("""<a href="?print">Print</a>"""); // charts.js draws all charts first
        return $"""<p class="launch">{string.Join(" · ", links)}</p>""";
    }

    static string Link(string address, string text) => $"""<a href="{WebUtility.HtmlEncode(address)}">{text}</a>""";

    [GeneratedRegex(@"\Ahttps://github\.com/(?<name>[A-Za-z0-9-]+/[A-Za-z0-9._-]+)\z")]
    private static partial Regex Address();
}
