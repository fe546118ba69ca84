using System.Text.RegularExpressions;
using BnNotebooks.Runner.Site;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>What the index and the README say of the course is true of the notebooks that are there.</summary>
public partial class BookTests
{
    static readonly CourseBook book = CourseBook.Read(Path.Combine(CourseFiles.Root, "notebooks"));

    public static TheoryData<string> Names => CourseFiles.Names;

    [Fact]
    public void The_book_has_every_notebook_in_its_order() =>
        Assert.Equal(CourseFiles.Notebooks.Select(notebook => notebook.Name), book.Notebooks.Select(entry => entry.Notebook));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_finding_is_short_and_the_readme_says_the_same(string name)
    {
        var sentence = book.About(name)!.Sentence;
        Assert.InRange(sentence.Length, 40, 260); // two or three lines of the index
        Assert.Contains($"({Path.Combine("notebooks", name)}.ipynb)", Readme());
        Assert.Contains(sentence, Readme());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_picture_is_there_and_small(string name)
    {
        var picture = new FileInfo(Path.Combine(CourseFiles.Root, "notebooks", book.About(name)!.Thumbnail));
        Assert.True(picture.Exists, $"{picture.FullName} is missing. To draw it: dotnet bn.cs run {name.Split('-')[0]} --update");
        Assert.InRange(picture.Length, 500, 60_000); // bytes: all of them are on one page
    }

    [Fact]
    public void A_way_through_the_course_leads_to_notebooks_that_exist() =>
        Assert.Empty(book.Paths.SelectMany(path => path.Notebooks).Except(book.Notebooks.Select(entry => entry.Notebook)));

    [Fact]
    public void The_page_for_teachers_speaks_of_notebooks_that_exist()
    {
        var links = NotebookLink().Matches(File.ReadAllText(Path.Combine(CourseFiles.Root, "docs", "teaching.md")));
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.NotNull(book.About(link.Groups[1].Value)));
    }

    static string Readme() => File.ReadAllText(Path.Combine(CourseFiles.Root, "README.md"));

    [GeneratedRegex(@"\(\.\./notebooks/([^)]+)\.ipynb\)")]
    private static partial Regex NotebookLink();
}
