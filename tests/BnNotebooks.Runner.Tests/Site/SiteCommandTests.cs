using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Course;
using BnNotebooks.Runner.Tests.Execution;

namespace BnNotebooks.Runner.Tests.Site;

/// <summary><c>site</c>: pages of what the notebooks carry, which claim no run.</summary>
public class SiteCommandTests
{
    [Fact]
    public async Task The_pages_show_the_outputs_that_the_notebooks_carry_and_claim_no_run()
    {
        using var workspace = new Workspace { Command = "site" };
        var notebook = CourseFiles.Named("08-examples");
        notebook.Save(workspace.PathOf(notebook.Name));
        var (code, output, errors) = await workspace.RunAsync();
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("1 notebooks", output);
        var (index, page) = (workspace.Page("index"), workspace.Page(notebook.Name));
        Assert.Contains("cells, with the outputs of their last run", page);
        Assert.Contains("class=\"plot\"", page);
        Assert.DoesNotMatch(@"[Rr]an in|run in [\d.]+ s|What the notebooks ran with", index + page);
        Assert.Equal(["site"], Directory.GetDirectories(workspace.Out).Select(Path.GetFileName)); // neither copies nor a report
    }

    [Fact]
    public void Outputs_of_other_code_and_of_a_run_that_failed_say_so()
    {
        var stale = CourseFiles.Named("08-examples").Copy();
        stale.Cells.First(cell => cell.Kind == "code").Json["source"] = "other();";
        Assert.Contains("an earlier version", NotebookPage.RunText(SitePage.AsCarried(stale)));
        var failed = SitePage.AsCarried(Notebook.Of("01-a", Notebook.Code("x", Notebook.Error("E", "no x"))));
        Assert.False(failed.Succeeded);
    }

    [Theory]
    [InlineData("--repository", "git@github.com:owner/name.git")]
    [InlineData("--repository", "https://github.com/owner")]
    [InlineData("--address", "owner.github.io")]
    [InlineData("--pdf", "none.pdf")]
    public async Task An_address_that_is_none_is_a_wrong_command(string option, string value)
    {
        using var workspace = new Workspace { Command = "site" };
        workspace.Add("01-a", "1");
        var (code, _, errors) = await workspace.RunAsync(option, value);
        Assert.Equal(2, code);
        Assert.Contains(option, errors);
        Assert.Contains(value, errors);
    }

    [Fact]
    public async Task A_folder_without_notebooks_is_a_wrong_command_and_a_broken_notebook_is_named()
    {
        using var workspace = new Workspace { Command = "site" };
        Assert.Equal(2, (await workspace.RunAsync()).ExitCode);
        File.WriteAllText(workspace.PathOf("01-a"), "{");
        var (code, _, errors) = await workspace.RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("01-a.ipynb", errors);
        Assert.False(Directory.Exists(Path.Combine(workspace.Out, "site")));
    }
}
