using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Compat.Tests.Interactive;

public sealed class CompositeKernelTests : IDisposable
{
    readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("<b>bold</b>", "html")]
    [InlineData("#!html\n<b>bold</b>", null)]
    [InlineData("#!html\n<b>bold</b>", "csharp")]
    public async Task An_html_cell_displays_its_text_and_succeeds(string code, string? kernel)
    {
        var events = await session.Run(code, kernel);

        Assert.Equal([typeof(DisplayedValueProduced), typeof(CommandSucceeded)], events.Select(happened => happened.GetType()));
        var shown = Assert.Single(((DisplayedValueProduced)events[0]).FormattedValues);
        Assert.Equal(("text/html", "<b>bold</b>"), (shown.MimeType, shown.Value));
    }

    [Fact]
    public async Task A_cell_may_switch_kernels_on_the_way()
    {
        var events = await session.Run("Console.Write(1);\n#!html\n<b>2</b>\n#!csharp\nConsole.Write(3);");

        Assert.Equal(
            ["1", "<b>2</b>", "3"],
            events.OfType<DisplayEvent>().Select(shown => shown.FormattedValues.Single().Value.Trim()));
        Assert.Single(events.OfType<CommandSucceeded>());
    }

    [Fact]
    public async Task The_result_names_the_command_that_was_sent()
    {
        var command = new SubmitCode("#!html\n<br>");

        var result = await session.Kernel.SendAsync(command, TestContext.Current.CancellationToken);

        Assert.Same(command, result.Command);
        Assert.Same(command, result.Events[^1].Command);
    }

    [Theory]
    [InlineData("1", "cobol")]
    [InlineData("#!cobol\n1", null)]
    public async Task A_kernel_that_is_not_there_fails_the_command(string code, string? kernel)
    {
        var failed = Assert.IsType<CommandFailed>(Assert.Single(await session.Run(code, kernel)));

        Assert.IsType<NoSuitableKernelException>(failed.Exception);
        Assert.Contains("cobol", failed.Message);
    }

    [Fact]
    public async Task Cells_without_a_kernel_of_their_own_go_to_the_default_one()
    {
        session.Kernel.DefaultKernelName = "html";

        Assert.IsType<DisplayedValueProduced>((await session.Run("<i></i>"))[0]);
    }

    [Fact]
    public void Kernels_know_their_parent_and_a_name_is_taken_once()
    {
        Assert.All(session.Kernel, child => Assert.Same(session.Kernel, child.ParentKernel));
        Assert.Equal(["csharp", "html"], session.Kernel.Select(child => child.Name));
        Assert.Throws<ArgumentException>(() => session.Kernel.Add(new CSharpKernel()));
    }

    [Fact]
    public async Task Cells_sent_together_run_one_after_another()
    {
        var first = session.Run("var x = 1; await Task.Delay(50); x = 2;");
        var second = session.Value("x");

        await first;
        Assert.Contains("2", await second);
    }
}
