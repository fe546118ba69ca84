using BnNotebooks.Runner.Tests.Execution;

[assembly: AssemblyFixture(typeof(MixedRun))]

namespace BnNotebooks.Runner.Tests.Execution;

/// <summary>One run over good and bad notebooks. The start of a kernel takes a second or two, so the tests share it.</summary>
public sealed class MixedRun : IAsyncLifetime
{
    internal const string CorruptText = "{\"cells\": [ {\"cell_type\": \"code\", \"sour";

    internal Workspace Workspace { get; } = new();

    internal int ExitCode { get; private set; }

    internal string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(Path.Combine(Workspace.Notebooks, "setup.csx"), "var loaded = 7;");
        Workspace.Add("01-good", Good);
        Workspace.Add("02-throws", "int Half(int n) =>\n    n % 2 == 0 ? n / 2 : throw new ArgumentException(\"odd\");", "Console.Write(\"before\");\n\nHalf(3)", "1");
        Workspace.Add("03-does-not-compile", "\nint x = \"text\";", "1");
        Workspace.Add("04-crashes", Cell.Html("<i>first</i>"), "Console.Write(\"last words\");\nEnvironment.FailFast(\"boom\");", "1");
        File.WriteAllText(Workspace.PathOf("05-corrupt"), CorruptText);
        File.WriteAllText(Workspace.PathOf("06-odd"), "{\"nbformat\": 4, \"cells\": [{\"cell_type\": 5, \"source\": 6}]}");
        Workspace.Add("07-unknown-kernel", new Cell("1", "cobol"));
        Workspace.Add("08-plain", Cell.Html("<b>bold</b>"));
        Workspace.Add("09-much", Much);
        File.WriteAllBytes(Workspace.PathOf("10-latin1"), "{\"cells\": [\"\u00E9\"], \"nbformat\": 4}".Select(letter => (byte)letter).ToArray());
        File.WriteAllText(Workspace.PathOf("11-twice"), "{\"cells\": [], \"nbformat\": 4, \"metadata\": {\"a\": 1, \"a\": 2}}");
        File.WriteAllText(Workspace.PathOf("12-empty"), "");
        Workspace.Add("13-hides-its-message", "class Hidden : Exception { public override string Message => throw new Exception(\"no\"); }\nthrow new Hidden();");
        Workspace.Add("index", "1");
        (ExitCode, Output, _) = await Workspace.RunAsync("--jobs", "2");
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    static Cell[] Much =>
    [
        "for (var i = 0; i < 3_000_000; i++) Console.Write('x');",
        "for (var i = 0; i < 30; i++) { Console.WriteLine(new string('y', 99_999)); Console.Error.WriteLine(\"z\"); }",
        "display(new string('x', 6_000_000)); display(\"small\"); display(new string('x', 6_000_000));",
        """
        using Microsoft.DotNet.Interactive.Formatting;
        class Odd { }
        Formatter.Register<Odd>(_ => new string('[', 63) + new string(']', 63), "application/json");
        Formatter.Register<Odd>(_ => "{\"data\":[],\"data\":[]}", "application/vnd.plotly.v1+json");
        Formatter.SetPreferredMimeTypesFor(typeof(Odd), "application/json", "application/vnd.plotly.v1+json");
        new Odd()
        """,
        "throw new Exception(new string('m', 10_000_000) + \"\\n\" + string.Concat(Enumerable.Repeat(\"line\\n\", 1000)));",
    ];

    static Cell[] Good =>
    [
        new("# A title", Kind: "markdown"),
        "#load \"setup.csx\"\nusing System.IO;\nusing Microsoft.DotNet.Interactive.Formatting;",
        """
        Console.Write("one ");
        Console.WriteLine("two");
        Console.Error.WriteLine("three");
        display(HTML("<hr>"));
        Console.WriteLine("four");
        loaded + 1
        """,
        new("not run", Kind: "raw"),
        Cell.Html("<b>bold</b>"),
        "#!html\n<i>italic</i>",
        new("# a heading", "markdown"),
        "   \n",
        """
        class Chart { }
        Formatter.Register<Chart>(_ => "{\"data\":[1]}", "application/vnd.plotly.v1+json");
        Formatter.Register<Chart>(_ => "<div>\nchart</div>", "text/html");
        Formatter.SetPreferredMimeTypesFor(typeof(Chart), "application/vnd.plotly.v1+json", "text/html");
        new Chart()
        """,
        """
        using (var raw = Console.OpenStandardOutput())
            raw.Write("{\"Kind\":6}\nnoise without an end"u8);
        using (var raw = Console.OpenStandardError())
            raw.Write("{\"Kind\":6}\nnoise without an end"u8);
        Directory.GetCurrentDirectory() + "|" + Environment.GetEnvironmentVariable("BNNOTEBOOKS_CLAIMS") + "|" + (Console.In.ReadLine() ?? "no input")
        """,
    ];
}
