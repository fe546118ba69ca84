using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BnNotebooks.Claims;
using BnNotebooks.Evidence;
using BnNotebooks.Runner.Execution;
using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>What every notebook of the course promises its reader.</summary>
public partial class CourseTests
{
    public static TheoryData<string> Names => CourseFiles.Names;

    [Fact]
    public void The_notebooks_are_numbered_without_a_gap_and_each_number_is_taken_once()
    {
        string[] numbers = [.. CourseFiles.Notebooks.Select(notebook => notebook.Name.Split('-')[0])];
        Assert.Distinct(numbers);
        Assert.Equal(Enumerable.Range(0, int.Parse(numbers[^1][..2]) + 1).Select(number => $"{number:00}"), numbers.Where(number => number.Length == 2));
        Assert.All(numbers.Where(number => number.Length > 2), number => Assert.Matches("^[0-9]{2}[b-z]$", number)); // put behind one without renumbering the rest
        Assert.True(numbers.Length >= 21, "A notebook is gone.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_has_the_shape_of_the_course(string name)
    {
        var notebook = CourseFiles.Named(name);
        var (prose, code) = (notebook.Prose(), notebook.Code());

        Assert.Matches("^# .+", prose);
        Assert.Contains("**What you will learn in this notebook**", prose);
        Assert.StartsWith("#load \"built.csx\"\n#!csharp\n#load \"setup.csx\"\n", notebook.Cells.First(cell => cell.Kind == "code").Source);
        Assert.Matches(@"> \*\*Predict\.\*\*|Predict\.(Choice|Number|Curve)\(", prose + code);
        Assert.Matches(@"Plot\.(Show|Grid)\(", code);
        Assert.Matches(@"torch\.|Experiment|Compare\.Run|Comparison|BenchmarkFile", code); // TorchSharp computes or trains something
        Assert.Matches("## The (slide says|papers say), we measured", prose);
        Assert.Matches(@"ClaimView\.|what is said", code); // the last notebook tests what people say of speed, which the deck hardly does
        Assert.Contains("## Exercises", prose);
        Assert.Matches("(?s)<details><summary>Solution</summary>.+</details>", prose);
        Assert.Contains("## Recap", prose);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_have_names_of_their_own_and_code_lines_fit_the_page(string name)
    {
        var notebook = CourseFiles.Named(name);
        Assert.Equal(notebook.Cells.Count, notebook.Cells.Select(cell => (string?)cell.Json["id"]).Distinct().Count());
        var wide = notebook.Code().Split('\n').Where(line => line.Length > 90);
        Assert.Empty(wide); // a page shows 90 characters without scrolling
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_notebooks_headings_and_files_that_exist(string name)
    {
        foreach (Match link in MarkdownLink().Matches(CourseFiles.Named(name).Prose()))
        {
            var parts = link.Groups["address"].Value.Split('#');
            if (parts[0].StartsWith("https://", StringComparison.Ordinal))
                continue;
            var path = Path.Combine(CourseFiles.Root, "notebooks", parts[0]);
            Assert.True(parts[0].Length == 0 || File.Exists(path), $"{link.Value} leads nowhere");
            if (parts.Length == 2)
                Assert.Contains(parts[1], Headings(parts[0].Length == 0 ? name : Path.GetFileNameWithoutExtension(parts[0])));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_that_is_spoken_of_by_number_exists(string name)
    {
        foreach (Match mention in NotebookNumber().Matches(CourseFiles.Named(name).Prose()))
            Assert.Contains(CourseFiles.Notebooks, notebook => notebook.Name.StartsWith($"{mention.Groups["number"].Value}-", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_notebook_leads_to_the_next(string name)
    {
        var index = CourseFiles.Notebooks.ToList().FindIndex(notebook => notebook.Name == name);
        if (index + 1 < CourseFiles.Notebooks.Count)
            Assert.Contains($"]({CourseFiles.Notebooks[index + 1].Name}.ipynb", CourseFiles.Named(name).Cells[^1].Source);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_committed_outputs_are_those_of_the_committed_code(string name)
    {
        var notebook = CourseFiles.Named(name);
        Assert.True(CommittedOutputs.AreOfTheCodeIn(notebook), $"The code of {name} was changed after its outputs; run: dotnet bn.cs run {name.Split('-')[0]} --update");
        Assert.DoesNotContain(notebook.Cells.SelectMany(cell => cell.Outputs),
            output => (string?)output!["output_type"] == "error" || (string?)output["name"] == "stderr");
        Assert.InRange(new FileInfo(Path.Combine(CourseFiles.Root, "notebooks", $"{name}.ipynb")).Length, 1, 2_000_000); // bytes; more is slow to open
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_has_a_title_and_names_its_axes(string name)
    {
        var layouts = CourseFiles.Named(name).Cells.SelectMany(cell => cell.Outputs)
            .Select(output => output!["data"]?[MimeTypes.Plotly]?["layout"]).OfType<JsonObject>().ToArray();
        Assert.NotEmpty(layouts);
        foreach (var layout in layouts)
            foreach (var (part, value) in layout.Where(part => part.Key == "title" || part.Key.StartsWith("xaxis", StringComparison.Ordinal) || part.Key.StartsWith("yaxis", StringComparison.Ordinal)))
                Assert.True(((string?)(part == "title" ? value : value!["title"])?["text"])?.Length > 0 || SaysWhatItIs(layout, part), $"{part} of {layout["title"]} has no name");
    }

    // An axis of rows has their names in place of one of its own, and the panels of a row that have one name in common have it once.
    static bool SaysWhatItIs(JsonObject layout, string part) => layout[part] is JsonObject axis && (axis["ticktext"] is not null
        || axis["matches"] is not null
        || layout.Any(other => other.Key.StartsWith("yaxis", StringComparison.Ordinal) && part.StartsWith("yaxis", StringComparison.Ordinal)
            && ((string?)other.Value?["title"]?["text"])?.Length > 0 && JsonNode.DeepEquals(other.Value["domain"], axis["domain"])));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_box_of_a_notebook_says_what_the_ledger_says(string name)
    {
        var box = WebUtility.HtmlDecode(Outputs(CourseFiles.Named(name)));
        foreach (var claim in Ledger.Read().Claims.Where(claim => claim.Notebook == name))
        {
            Assert.Contains(claim.Statement, box);
            Assert.Contains(Prose.FillBraces(claim.Finding), box);
        }
    }

    [Fact]
    public void Every_claim_belongs_to_a_notebook_that_exists() =>
        Assert.Empty(Ledger.Read().Claims.Select(claim => claim.Notebook).Except(CourseFiles.Notebooks.Select(notebook => notebook.Name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_in_a_notebook_needs_the_network(string name)
    {
        var notebook = CourseFiles.Named(name);
        Assert.DoesNotMatch("""(src|href)=\\?["']?(https?:)?//""", string.Join("\n", notebook.Cells.Where(cell => cell.Kind == "code").Select(cell => cell.Source)));
        Assert.DoesNotContain("#r \"nuget:", notebook.Code());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_lies_beside_the_notebooks_says_what_it_shows_and_needs_no_script(string name)
    {
        Assert.DoesNotContain("```mermaid", CourseFiles.Named(name).Prose()); // few hosts draw it
        foreach (Match picture in Picture().Matches(CourseFiles.Named(name).Prose()))
        {
            Assert.Matches(@"^images/[a-z-]+\.svg$", picture.Groups["address"].Value);
            Assert.InRange(picture.Groups["alt"].Length, 20, 250);
            Assert.DoesNotMatch(@"<script|href|url\((?!#)", File.ReadAllText(Path.Combine(CourseFiles.Root, "notebooks", picture.Groups["address"].Value)));
        }
    }

    static string Outputs(NotebookDocument notebook) => string.Join("\n", notebook.Cells
        .SelectMany(cell => cell.Outputs)
        .Select(output => output!["data"]?["text/html"])
        .Select(html => html is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)html));

    static IEnumerable<string> Headings(string name)
    {
        var markdown = new MarkdownRenderer(new PageLinks([]));
        foreach (var cell in CourseFiles.Named(name).Cells.Where(cell => cell.Kind == "markdown"))
            markdown.Render(cell.Source);
        return markdown.Headings.Select(heading => heading.Id);
    }

    [GeneratedRegex(@"(?<!!)\[[^\]]+\]\((?<address>[^)\s]+)\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"!\[(?<alt>[^\]]*)\]\((?<address>[^)\s]+)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"[Nn]otebooks? (?<number>\d\d?[a-z]?)\b")]
    private static partial Regex NotebookNumber();
}
