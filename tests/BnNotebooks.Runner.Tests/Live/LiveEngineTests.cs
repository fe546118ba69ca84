using System.Text.Json.Nodes;
using BnNotebooks.Runner.Tests.Browser;

namespace BnNotebooks.Runner.Tests.Live;

/// <summary>What the engine behind a page's cells answers, in a browser.</summary>
public sealed class LiveEngineTests(TestBrowser browser, WholeSite site)
{
    async Task<LivePage> OpenAsync() => await LivePage.OpenAsync(browser, await site.AddressAsync("index.html"));

    static string? Shown(JsonObject result) => result["outputs"]!.AsArray().LastOrDefault()?["data"]?["text/plain"]?.GetValue<string>();

    [Fact]
    public async Task A_cell_sees_what_those_before_it_left_and_a_reset_forgets_it()
    {
        await using var page = await OpenAsync();
        await page.RunAsync("var x = 20; int Twice(int v) => 2 * v;");
        Assert.Equal("42", Shown(await page.RunAsync("Twice(x) + 2")));
        await page.RunAsync("var x = \"a text now\";");
        Assert.Equal("10", Shown(await page.RunAsync("x.Length")));
        await page.StartAsync();
        Assert.Equal("CS0103", (await page.RunAsync("x"))["errors"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_compile_error_has_its_place_in_the_cell_and_nothing_runs()
    {
        await using var page = await OpenAsync();
        var result = await page.RunAsync("Console.WriteLine(1);\nint x = \"a\";");
        var error = Assert.Single(result["errors"]!.AsArray())!.AsObject();
        Assert.Equal((2, 9, "CS0029"), ((int)error["line"]!, (int)error["column"]!, (string)error["id"]!));
        Assert.Empty(result["outputs"]!.AsArray());
    }

    [Fact]
    public async Task A_cell_that_throws_says_so_keeps_what_it_printed_and_leaves_no_variable()
    {
        await using var page = await OpenAsync();
        var result = await page.RunAsync("var y = 1;\nConsole.WriteLine(\"before\");\nthrow new ArgumentException(\"no such layer\");");
        Assert.Equal(("ArgumentException", "no such layer"), ((string)result["failure"]!["name"]!, (string)result["failure"]!["message"]!));
        Assert.Equal("before\n", (string)result["outputs"]![0]!["text"]!);
        Assert.NotEmpty((await page.RunAsync("y"))["errors"]!.AsArray());
    }

    [Fact]
    public async Task A_cell_that_calls_libtorch_is_told_that_it_is_not_here()
    {
        await using var page = await OpenAsync();
        var result = await page.RunAsync("TorchSharp.torch.ones(3).sum()");
        Assert.Equal("TorchSharp", (string)result["failure"]!["name"]!);
    }

    [Fact]
    public async Task Printed_and_shown_parts_keep_their_order()
    {
        await using var page = await OpenAsync();
        var result = await page.RunAsync("Console.Write(\"a\"); display(1); Console.Write(\"b\"); 2.5.Display(); \"last\"");
        Assert.Equal(["a", "1", "b", "2.5", "last"], result["outputs"]!.AsArray().Select(part =>
            (string)(part!["text"] ?? part["data"]!["text/plain"])!));
    }

    [Fact]
    public async Task A_loop_that_prints_without_end_is_cut_off()
    {
        await using var page = await OpenAsync();
        var result = await page.RunAsync("for (var i = 0; i < 300_000; i++) Console.WriteLine(\"0123456789\");");
        Assert.InRange(((string)result["outputs"]![0]!["text"]!).Length, 900_000, 1_100_000);
    }

    [Fact]
    public async Task A_loop_without_end_is_stopped_and_the_engine_starts_again()
    {
        await using var page = await OpenAsync();
        Assert.Null(await page.RunAsync(new(new JsonObject { ["source"] = "while (true) { }" }), TimeSpan.FromSeconds(2)));
        await page.StartAsync();
        Assert.Equal("2", Shown(await page.RunAsync("1 + 1")));
    }

    [Theory]
    [InlineData("var bn = new BnNotebooks.Core.BatchNorm1d(2);", "bn.", "Forward", "Eval")]
    [InlineData("", "Math.", "Sqrt", "PI")]
    [InlineData("var numbers = new List<int>();", "numbers.Wh", "Where", "Add")] // the editor filters by what is begun
    [InlineData("var momentum = 0.1;", "mom", "momentum", "Math")]
    public async Task What_can_be_written_is_suggested(string before, string code, params string[] expected)
    {
        await using var page = await OpenAsync();
        await page.RunAsync(before);
        var suggested = (await page.CallAsync("Complete", code, code.Length))!.AsArray().Select(entry => (string)entry!["text"]!).ToList();
        Assert.All(expected, name => Assert.Contains(name, suggested));
        Assert.DoesNotContain(".ctor", suggested);
    }

    [Fact]
    public async Task A_call_that_is_being_written_is_explained()
    {
        await using var page = await OpenAsync();
        var help = await page.CallAsync("Signatures", "Math.Pow(2, ", 12);
        Assert.Equal("double Math.Pow(double x, double y)", (string)help!["signatures"]![0]!["text"]!);
        Assert.Equal(1, (int)help["active"]!);
        Assert.Null(await page.CallAsync("Signatures", "1 + ", 4));
    }
}
