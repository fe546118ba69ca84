using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Compat.Tests.Interactive;

public sealed class FormatterTests
{
    class Animal;

    sealed class Dog : Animal;

    sealed class Chart;

    sealed class Box<T>;

    [Fact]
    public void Strings_are_plain_text_and_all_else_is_html()
    {
        Assert.Equal(["text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(string)));
        Assert.Equal(["text/html"], Formatter.GetPreferredMimeTypesFor(typeof(int)));
        Assert.Equal("a < b", Assert.Single(FormattedValue.CreateManyFromObject("a < b")).Value);
        var number = Assert.Single(FormattedValue.CreateManyFromObject(1.5));
        Assert.Equal("text/html", number.MimeType);
        Assert.Contains("1.5", number.Value);
    }

    [Fact]
    public void Values_without_a_formatter_are_encoded_in_html()
    {
        Assert.Contains("&lt;b&gt;", "<b>".ToDisplayString("text/html"));
        Assert.Contains("&lt;null&gt;", ((object?)null).ToDisplayString("text/html"));
        Assert.Equal("<null>", ((object?)null).ToDisplayString());
    }

    [Fact]
    public void A_sequence_is_listed_and_an_endless_one_ends()
    {
        Assert.Equal("[ 1, 2, [ 3 ] ]", new object[] { 1, 2, new[] { 3 } }.ToDisplayString());
        Assert.Equal("[ ]", Array.Empty<int>().ToDisplayString());
        Assert.EndsWith("19, ... (more) ]", Naturals().ToDisplayString());

        static IEnumerable<int> Naturals()
        {
            for (var i = 0; ; i++)
                yield return i;
        }
    }

    [Fact]
    public void Html_content_is_written_as_it_is()
    {
        var html = Kernel.HTML("<b>bold</b>");

        Assert.IsType<HtmlString>(html);
        Assert.Equal("<b>bold</b>", Assert.Single(FormattedValue.CreateManyFromObject(html)).Value);
    }

    [Fact]
    public void A_value_shows_under_two_mime_types_at_once_after_registering_both_and_preferring_them()
    {
        Formatter.Register<Chart>(_ => "{\"data\":[]}", "application/vnd.plotly.v1+json");
        Formatter.Register<Chart>((_, writer) => writer.Write("<div/>"), "text/html");
        Formatter.SetPreferredMimeTypesFor(typeof(Chart), "application/vnd.plotly.v1+json", "text/html");

        var shown = FormattedValue.CreateManyFromObject(new Chart());

        Assert.Equal(["application/vnd.plotly.v1+json", "text/html"], shown.Select(value => value.MimeType));
        Assert.Equal(["{\"data\":[]}", "<div/>"], shown.Select(value => value.Value));
    }

    [Fact]
    public void The_formatter_of_the_nearest_type_is_used_and_the_newest_of_those()
    {
        Formatter.Register(typeof(Animal), (_, writer) => writer.Write("animal"));
        Assert.Equal("animal", new Dog().ToDisplayString());

        Formatter.Register<Dog>(_ => "dog");
        Formatter.Register<Animal>(_ => "newer animal");

        Assert.Equal("dog", new Dog().ToDisplayString());
        Assert.Equal("newer animal", new Animal().ToDisplayString());
    }

    [Fact]
    public void A_formatter_of_a_generic_type_serves_all_its_forms()
    {
        Formatter.Register(typeof(Box<>), (_, writer) => writer.Write("box"));

        Assert.Equal("box", new Box<int>().ToDisplayString());
    }

    [Fact]
    public void Json_is_what_the_serializer_makes_of_a_value() =>
        Assert.Equal(2, JsonDocument.Parse(new { a = 2 }.ToDisplayString("application/json")).RootElement.GetProperty("a").GetInt32());

    [Fact]
    public async Task A_cell_registers_formatters_for_the_cells_after_it()
    {
        using var session = new Session();
        await session.Run(
            """
            using Microsoft.DotNet.Interactive.Formatting;
            record Note(string Text);
            Formatter.Register<Note>(note => $"<p>{note.Text}</p>", "text/html");
            """);

        Assert.Equal("<p>hello</p>", await session.Value("new Note(\"hello\")"));
    }

    [Fact]
    public async Task Values_are_displayed_under_the_mime_types_asked_for()
    {
        using var session = new Session();
        var events = await session.Run(
            """
            display(HTML("<hr>"));
            display("x", "text/plain", "text/markdown");
            3.Display("text/plain");
            "\\pi".DisplayAs("text/latex");
            """);

        Assert.Equal(
            ["text/html: <hr>", "text/plain: x", "text/markdown: x", "text/plain: 3", "text/latex: \\pi"],
            events.OfType<DisplayedValueProduced>().SelectMany(shown => shown.FormattedValues).Select(value => value.ToString()));
    }
}
