using Microsoft.DotNet.Interactive.Formatting;

namespace Compat.Tests.Interactive;

/// <summary>A reset forgets what other tests registered, so this runs apart from them.</summary>
[Collection(nameof(Alone))]
public sealed class FormatterResetTests
{
    sealed class Thing;

    [Fact]
    public void A_reset_forgets_formatters_and_preferences()
    {
        Formatter.Register<Thing>(_ => "registered");
        Formatter.SetPreferredMimeTypesFor(typeof(Thing), "text/plain");
        Formatter.DefaultMimeType = "text/plain";

        Formatter.ResetToDefault();

        Assert.NotEqual("registered", new Thing().ToDisplayString());
        Assert.Equal(["text/html"], Formatter.GetPreferredMimeTypesFor(typeof(Thing)));
        Assert.Equal(["text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(string)));
    }
}
