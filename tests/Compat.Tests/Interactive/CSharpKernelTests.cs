using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Compat.Tests.Interactive;

public sealed class CSharpKernelTests : IDisposable
{
    readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_cell_that_prints_displays_and_returns_gives_its_events_in_the_order_in_which_they_happen()
    {
        var events = await session.Run(
            """
            Console.Write("one");
            display("two");
            Console.Error.WriteLine("three");
            "four"
            """);

        Assert.Equal(
            [
                typeof(CodeSubmissionReceived), typeof(CompleteCodeSubmissionReceived), typeof(StandardOutputValueProduced),
                typeof(DisplayedValueProduced), typeof(StandardErrorValueProduced), typeof(ReturnValueProduced),
                typeof(CommandSucceeded),
            ],
            events.Select(happened => happened.GetType()));
        Assert.Equal(
            ["one", "two", "three" + Environment.NewLine, "four"],
            events.OfType<DisplayEvent>().Select(shown => Assert.Single(shown.FormattedValues).Value));
        Assert.Equal(["two", "four"], events.OfType<DisplayEvent>().Select(shown => shown.Value).OfType<string>());
    }

    [Fact]
    public async Task Events_arrive_at_the_composite_kernel_while_the_cell_runs()
    {
        var seen = new Recorder();
        using var subscription = session.Kernel.KernelEvents.Subscribe(seen);

        var result = await session.Run("Console.Write(1); await Task.Yield(); Console.Write(2);");

        Assert.Equal(result, seen.Events);
        Assert.Equal(["1", "2"], seen.Events.OfType<StandardOutputValueProduced>().Select(e => e.FormattedValues.Single().Value));
    }

    [Fact]
    public async Task A_compile_error_fails_the_command_with_the_compilers_own_words()
    {
        var events = await session.Run("int x = \"text\";");

        var failed = Assert.IsType<CommandFailed>(events[^1]);
        Assert.StartsWith("(1,9): error CS0029: ", failed.Message);
        Assert.IsType<CodeSubmissionCompilationErrorException>(failed.Exception);
        Assert.IsType<CompilationErrorException>(failed.Exception.InnerException);
        var diagnostics = Assert.IsType<DiagnosticsProduced>(events[^2]);
        Assert.Equal(failed.Message, Assert.Single(diagnostics.FormattedDiagnostics).Value);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_the_earlier_variables_alone()
    {
        await session.Run("var x = 1;");
        await session.Run("x = nonsense;");

        Assert.Contains("1", await session.Value("x"));
    }

    [Fact]
    public async Task An_exception_fails_the_command_with_its_stack()
    {
        var events = await session.Run(
            """
            Console.Write("before");
            throw new InvalidOperationException("no");
            """);

        Assert.Single(events.OfType<StandardOutputValueProduced>());
        var failed = Assert.IsType<CommandFailed>(events[^1]);
        Assert.IsType<InvalidOperationException>(failed.Exception);
        Assert.StartsWith("System.InvalidOperationException: no" + Environment.NewLine + "   at ", failed.Message);
        Assert.Contains("cell:line 2", failed.Message);
    }

    [Fact]
    public async Task Later_cells_run_after_one_that_threw()
    {
        await session.Run("var x = 5; throw new Exception();");

        Assert.Contains("6", await session.Value("x + 1"));
    }

    [Fact]
    public async Task Code_that_ends_inside_a_block_is_reported_as_incomplete()
    {
        var events = await session.Run("if (true) {");

        Assert.Single(events.OfType<IncompleteCodeSubmissionReceived>());
        Assert.IsType<CommandFailed>(events[^1]);
    }

    [Theory]
    [InlineData("Math.Abs(1);")]
    [InlineData("var y = 3;")]
    [InlineData("Console.Write(\"\")")]
    [InlineData("void F() { }")]
    [InlineData("")]
    public async Task A_cell_without_a_last_expression_returns_nothing(string code)
    {
        var events = await session.Run(code);

        Assert.Empty(events.OfType<ReturnValueProduced>());
        Assert.IsType<CommandSucceeded>(events[^1]);
    }

    [Theory]
    [InlineData("1 + 1", 2)]
    [InlineData("await Task.FromResult(7)", 7)]
    [InlineData("(string)null", null)]
    public async Task A_last_expression_without_a_semicolon_is_returned(string code, object? expected)
    {
        var events = await session.Run(code);

        Assert.Equal(expected, Assert.Single(events.OfType<ReturnValueProduced>()).Value);
    }

    [Fact]
    public async Task Variables_types_and_usings_carry_over_to_later_cells()
    {
        await session.Run("using System.Globalization; var culture = CultureInfo.InvariantCulture; record Point(int X);");

        Assert.Equal("7", await session.Value("new Point(7).X.ToString(\"0\", CultureInfo.InvariantCulture)"));
    }

    [Fact]
    public async Task The_default_usings_are_there_and_no_others()
    {
        Assert.Contains("3", await session.Value("new List<int> { 1, 2 }.Sum()"));
        Assert.IsType<CommandFailed>((await session.Run("Formatter.DefaultMimeType"))[^1]);
        Assert.Equal("text/html", await session.Value("Microsoft.DotNet.Interactive.Formatting.Formatter.DefaultMimeType"));
    }

    [Fact]
    public async Task Only_a_kernel_with_the_helpers_knows_display()
    {
        using var bare = new CSharpKernel();
        var result = await bare.SendAsync(
            new Microsoft.DotNet.Interactive.Commands.SubmitCode("display(1);"), TestContext.Current.CancellationToken);

        Assert.Contains("CS0103", Assert.IsType<CommandFailed>(result.Events[^1]).Message);
        Assert.IsType<CommandSucceeded>((await session.Run("display(1);"))[^1]);
    }

    [Fact]
    public async Task What_outlives_its_cell_disturbs_no_later_one()
    {
        await session.Run("var go = new TaskCompletionSource(); var late = Task.Run(async () => { await go.Task; Console.Write(1); });");
        var events = await session.Run("go.SetResult(); await late; Console.Write(2);");

        Assert.Equal("2", Assert.Single(events.OfType<StandardOutputValueProduced>()).FormattedValues.Single().Value);
    }

    sealed class Recorder : IObserver<KernelEvent>
    {
        public List<KernelEvent> Events { get; } = [];

        public void OnNext(KernelEvent value) => Events.Add(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => throw error;
    }
}
