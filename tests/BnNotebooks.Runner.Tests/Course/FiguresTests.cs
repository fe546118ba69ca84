using BnNotebooks.Runner.Notebooks;
using BnNotebooks.Views;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>The figures to play with stand in the course, as they are today.</summary>
public class FiguresTests
{
    public static TheoryData<string> Names => [.. Explorable.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_shown_by_one_cell_of_the_course_and_the_notebook_carries_it_as_it_is_today(string name)
    {
        var cell = Assert.Single(CourseFiles.Notebooks.SelectMany(notebook => notebook.Cells), cell => cell.Source == $"Explorable.Show(\"{name}\")");
        var shown = NotebookCell.TextOf(Assert.Single(cell.Outputs)!["data"]![MimeTypes.Html]);
        Assert.Equal(Explorable.Show(name).Html.TrimEnd(), shown.TrimEnd()); // if not: dotnet bn.cs run NN --update
    }
}
