using System.Text.Json.Nodes;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Tests.Execution;

public sealed class MixedRunTests(MixedRun run)
{
    IReadOnlyList<NotebookCell> Cells(string name) => run.Workspace.Executed(name).Cells;

    string Error(string name) => run.Workspace.Report(name)["error"]!.GetValue<string>();

    [Fact]
    public void The_exit_code_is_1_when_a_notebook_failed() => Assert.Equal(1, run.ExitCode);

    [Fact]
    public void Every_notebook_is_in_the_report_and_those_without_fault_have_no_error()
    {
        var notebooks = run.Workspace.Report()["notebooks"]!.AsArray();

        Assert.Equal(14, notebooks.Count);
        Assert.Equal(
            ["01-good", "08-plain"],
            notebooks.Where(notebook => notebook!["error"] is null).Select(notebook => notebook!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void The_report_has_the_agreed_form()
    {
        var report = run.Workspace.Report();

        Assert.Equal(["host", "packages", "torch", "notebooks"], report.Select(pair => pair.Key));
        Assert.Equal(
            ["name", "cells", "executed", "failed", "seconds", "charts", "error", "stderr"],
            report["notebooks"]![0]!.AsObject().Select(pair => pair.Key));
        Assert.All(report["packages"]!.AsArray(), package =>
            Assert.Equal(["id", "version"], package!.AsObject().Select(pair => pair.Key)));
        Assert.Equal(["version", "threads"], report["torch"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void Cells_and_charts_are_counted()
    {
        var good = run.Workspace.Report("01-good");

        Assert.Equal((6, 6, 0, 1), ((int)good["cells"]!, (int)good["executed"]!, (int)good["failed"]!, (int)good["charts"]!));
        Assert.True((double)good["seconds"]! > 0);
    }

    [Fact]
    public void Outputs_are_recorded_in_the_order_in_which_they_came() =>
        Assert.Equal(
            ["stdout: one two\n", "stderr: three\n", "display_data text/html: <hr>", "stdout: four\n"],
            Cells("01-good")[2].Described()[..4]);

    [Fact]
    public void The_last_expression_becomes_the_result_with_the_cells_number()
    {
        var cell = Cells("01-good")[2];
        var result = cell.Outputs[^1]!;

        Assert.Equal("execute_result", (string?)result["output_type"]);
        Assert.Contains("8", NotebookCell.TextOf(result["data"]!["text/html"]));
        Assert.Equal((2, 2), ((int)result["execution_count"]!, cell.ExecutionCount));
    }

    [Fact]
    public void Html_cells_show_their_html()
    {
        Assert.Equal(["display_data text/html: <b>bold</b>"], Cells("01-good")[4].Described());
        Assert.Equal(["display_data text/html: <i>italic</i>"], Cells("01-good")[5].Described());
    }

    [Theory]
    [InlineData(1)] // a cell that prints nothing
    [InlineData(6)] // a markdown cell of the code kind, as Polyglot writes it
    [InlineData(7)] // a blank cell
    public void Old_outputs_are_gone_even_where_there_are_no_new_ones(int cell) => Assert.Empty(Cells("01-good")[cell].Outputs);

    [Fact]
    public void Cells_that_are_not_code_are_left_alone()
    {
        Assert.False(Cells("01-good")[0].Json.ContainsKey("outputs"));
        Assert.False(Cells("01-good")[3].Json.ContainsKey("outputs"));
    }

    [Fact]
    public void A_value_with_several_mime_types_becomes_one_bundle_with_its_json_as_json()
    {
        var data = Assert.Single(Cells("01-good")[8].Outputs)!["data"]!.AsObject();

        Assert.Equal("{\"data\":[1]}", data["application/vnd.plotly.v1+json"]!.AsObject().ToJsonString());
        Assert.Equal(["<div>\n", "chart</div>"], data["text/html"]!.AsArray().Select(line => (string)line!));
    }

    [Fact]
    public void Noise_on_the_real_streams_corrupts_nothing_and_a_cell_gets_no_input() =>
        Assert.Equal(
            [$"execute_result text/plain: {run.Workspace.Notebooks}|{run.Workspace.Out}/claims|no input"], Cells("01-good")[9].Described());

    [Fact]
    public void A_cell_that_throws_is_named_with_its_line_and_ends_its_notebook()
    {
        var cells = Cells("02-throws");

        Assert.Equal("02-throws, cell [2] (id 02-throws-2), line 3: System.ArgumentException: odd", Error("02-throws"));
        Assert.Equal(["stdout: before", "error System.ArgumentException: odd"], cells[1].Described());
        Assert.Contains(cells[1].Outputs[^1]!["traceback"]!.AsArray(), line => ((string)line!).Contains("Half"));
        Assert.Null(cells[2].ExecutionCount);
        Assert.Empty(cells[2].Outputs);
        var report = run.Workspace.Report("02-throws");
        Assert.Equal((3, 2, 1), ((int)report["cells"]!, (int)report["executed"]!, (int)report["failed"]!));
    }

    [Fact]
    public void A_cell_that_does_not_compile_is_named_with_its_line_and_the_compilers_words()
    {
        Assert.StartsWith(
            "03-does-not-compile, cell [1] (id 03-does-not-compile-1), line 2: (2,9): error CS0029: ", Error("03-does-not-compile"));
        var described = Cells("03-does-not-compile")[0].Described();
        Assert.Equal(2, described.Length);
        Assert.StartsWith("stderr: (2,9): error CS0029: ", described[0]);
        Assert.EndsWith(": compilation error", described[1]);
    }

    [Fact]
    public void A_crash_costs_its_notebook_only_and_keeps_what_was_there_before()
    {
        var error = Error("04-crashes");

        Assert.StartsWith("04-crashes, cell [2] (id 04-crashes-2): the notebook's process ended with exit code ", error);
        Assert.Contains("boom", error);
        Assert.Equal(["display_data text/html: <i>first</i>"], Cells("04-crashes")[0].Described());
        Assert.Equal("stdout: last words", Cells("04-crashes")[1].Described()[0]);
    }

    [Theory]
    [InlineData("05-corrupt", "truncated or corrupt")]
    [InlineData("06-odd", "form of a notebook")]
    [InlineData("10-latin1", "not UTF-8: there is a byte 0xE9 at position 12.")]
    [InlineData("11-twice", "truncated or corrupt")]
    [InlineData("12-empty", "has 0 bytes")]
    [InlineData("index", "another name")] // its page would be the site's front page
    public void A_file_that_is_no_notebook_is_named_and_says_why(string name, string reason)
    {
        Assert.Contains(run.Workspace.PathOf(name), Error(name));
        Assert.Contains(reason, Error(name));
        Assert.False(File.Exists(Path.Combine(run.Workspace.Out, "notebooks", name + ".ipynb")));
    }

    [Fact]
    public void A_cell_that_prints_without_end_is_cut_and_says_so()
    {
        var cells = Cells("09-much");

        var note = "\n… a cell may print 1,000,000 characters; the rest is left out.\n";
        Assert.Equal(["stdout: " + new string('x', 1_000_000) + note], cells[0].Described());
        Assert.InRange(string.Concat(cells[1].Described()).Length, 1_000_000, 1_001_000);
        Assert.EndsWith(note, cells[1].Described()[^1]);
    }

    [Fact]
    public void A_value_that_fills_the_notebook_is_left_out_and_says_so_once() => Assert.Equal(
        ["display_data text/plain: … a cell may show 5,000,000 characters in all; a value of 6,000,000 is left out, and what does not fit after it.",
         "display_data text/plain: small"],
        Cells("09-much")[2].Described());

    [Fact]
    public void A_value_that_calls_itself_json_and_cannot_be_read_again_is_kept_as_text_and_is_no_chart()
    {
        Assert.Equal(
            [$"execute_result application/json: {new string('[', 63)}{new string(']', 63)}",
             "execute_result application/vnd.plotly.v1+json: {\"data\":[],\"data\":[]}"],
            Cells("09-much")[3].Described());
        Assert.Equal(0, (int)run.Workspace.Report("09-much")["charts"]!);
    }

    [Fact]
    public void A_message_that_fills_pages_is_shortened_wherever_it_stands()
    {
        var error = Cells("09-much")[4].Outputs[^1]!;

        Assert.StartsWith("09-much, cell [5] (id 09-much-5), line 1: System.Exception: mmm", Error("09-much"));
        Assert.EndsWith("mmm … (10,005,001 characters in all)", Error("09-much"));
        Assert.InRange(error.ToJsonString().Length, 1, 10_000);
        Assert.Contains(error["traceback"]!.AsArray(), line => ((string)line!).EndsWith(" more lines …", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_that_does_not_say_what_it_is_fails_its_cell() =>
        Assert.StartsWith("13-hides-its-message, cell [1] (id 13-hides-its-message-1), line 1: System.Exception: no", Error("13-hides-its-message"));

    [Fact]
    public void A_run_leaves_the_notebooks_untouched()
    {
        Assert.Equal(MixedRun.CorruptText, File.ReadAllText(run.Workspace.PathOf("05-corrupt")));
        Assert.Contains("stale", File.ReadAllText(run.Workspace.PathOf("01-good")));
    }

    [Fact]
    public void A_kernel_that_is_not_there_fails_the_cell() => Assert.Contains("cobol", Error("07-unknown-kernel"));

    [Fact]
    public void A_log_has_one_line_at_the_start_and_one_at_the_end_of_each_notebook_and_every_error_whole()
    {
        Assert.Contains("08-plain: 1 cells\n", run.Output);
        Assert.Contains("08-plain: ok after ", run.Output);
        Assert.Contains("02-throws: failed after ", run.Output);
        Assert.Contains(Error("04-crashes"), run.Output);
    }
}
