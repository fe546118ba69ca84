using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Site;

/// <summary>Draws a small picture of one chart of each notebook: what the course's index and the README show beside its finding.</summary>
static class Thumbnails
{
    const int Width = 240, Height = 150;

    /// <summary>Writes the pictures of the notebooks that the book knows, each as a whole, into the notebooks' folder.</summary>
    /// <returns>The pictures that could not be drawn, a line each that begins with the notebook's name.</returns>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<NotebookDocument> notebooks, CourseBook book)
    {
        var problems = new List<string>();
        var small = new List<(BookEntry Entry, JsonObject Figure)>();
        foreach (var notebook in notebooks)
            if (book.About(notebook.Name) is { } entry)
            {
                if (FigureOf(notebook, entry.Chart) is { } figure)
                    small.Add((entry, Small(figure)));
                else
                    problems.Add($"{notebook.Name}: {CourseBook.FileName} wants the chart of the cell '{entry.Chart}' as its picture, but there is none.");
            }
        foreach (var ((entry, _), (png, error)) in small.Zip(ChartImages.Draw([.. small.Select(one => one.Figure)])))
            if (png is null)
                problems.Add($"{entry.Notebook}: plotly.js could not draw its picture ({error}).");
            else
            {
                var path = Path.Combine(folder, entry.Thumbnail);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path + ".new", Convert.FromBase64String(png));
                File.Move(path + ".new", path, overwrite: true);
            }
        return problems;
    }

    static JsonObject? FigureOf(NotebookDocument notebook, string cell) => notebook.Cells
        .Where(candidate => (string?)candidate.Json["id"] == cell)
        .SelectMany(candidate => candidate.Outputs)
        .Select(output => output?["data"] as JsonObject)
        .Select(bundle => bundle is null ? null : PlotlyFigure.In(bundle))
        .FirstOrDefault(figure => figure is not null);

    // At this size only the shape can be seen: all that is written goes.
    static JsonObject Small(JsonObject figure)
    {
        var small = figure.DeepClone().AsObject();
        var layout = small["layout"] as JsonObject ?? [];
        small["layout"] = layout;
        foreach (var axis in layout.Where(part => part.Key.StartsWith("xaxis", StringComparison.Ordinal) || part.Key.StartsWith("yaxis", StringComparison.Ordinal))
            .Select(part => part.Value).OfType<JsonObject>())
        {
            axis.Remove("title");
            axis["showticklabels"] = false;
        }
        foreach (var trace in (small["data"] as JsonArray ?? []).OfType<JsonObject>().Where(trace => (string?)trace["type"] is "heatmap" or "contour"))
            trace["showscale"] = false;
        layout.Remove("title");
        layout.Remove("annotations");
        layout["showlegend"] = false;
        (layout["width"], layout["height"]) = (Width, Height);
        layout["margin"] = new JsonObject { ["l"] = 8, ["r"] = 8, ["t"] = 8, ["b"] = 8 };
        return small;
    }
}
