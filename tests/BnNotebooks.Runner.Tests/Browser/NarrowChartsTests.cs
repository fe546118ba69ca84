using BnNotebooks.Plotting;
using BnNotebooks.Runner.Site;
using BnNotebooks.Runner.Tests.Site;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>Charts on a page as wide as a telephone.</summary>
public sealed class NarrowChartsTests(TestBrowser browser)
{
    static readonly double[] Rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    static readonly Panel Sweep = Panels.Bands("learning rate, the same in all layers, constant over the training",
        "test accuracy after 300 steps of training (share)",
        ("without batch norm, from a good start", Rates, Rates, Rates, [.. Rates.Select(y => y + 1)]),
        ("with batch norm, from the default start", Rates, Rates, Rates, [.. Rates.Select(y => y + 2)])) with
    { LogX = true, Heading = "perceptron with five hidden layers, digits" };

    static readonly Panel Rows = Panels.Intervals("share of the gain in accuracy that this alone explains", 0,
        new("scale invariance and effective learning rate", 0.4, 0.3, 0.5), new("covariate shift", 0, -0.1, 0.1)) with
    { Heading = "what explains it" };

    static readonly Panel Swings = Panels.Ranges("training step", "loss (nats)", "from lowest to highest",
        ("without", [1, 2], [1, 2], [0, 1], [3, 4]), ("with batch norm", [1, 2], [1, 2], [0, 1], [3, 4])) with
    { Heading = "CNN, Fashion-MNIST" };

    public static TheoryData<string, int> Shown => new()
    {
        { nameof(Sweep), 1 }, { nameof(Rows), 1 }, { nameof(Swings), 1 },
        { nameof(Sweep), 2 }, { nameof(Rows), 2 }, { nameof(Swings), 3 },
    };

    [Theory, MemberData(nameof(Shown))]
    public async Task No_text_of_a_chart_is_cut_or_lies_on_another(string name, int columns)
    {
        var panel = name switch { nameof(Sweep) => Sweep, nameof(Rows) => Rows, _ => Swings };
        var chart = ChartHtml.ToJson(Plot.Grid("A title", columns, [.. Enumerable.Repeat(panel, columns)]));
        using var folder = new TemporaryFolder();
        Assert.Empty(SiteBuilder.Write(folder.PathOf("site"),
            [new SitePage(Notebook.Of("a", Notebook.Code("1", Notebook.Display((MimeTypes.Plotly, chart)))), 1, 1, 0, null)],
            new SiteInfo("A", "B.", []), folder.PathOf("notebooks")));
        await using var watched = await browser.NewPageAsync(400, ColorScheme.Dark);
        await watched.Page.GotoAsync(new Uri(folder.PathOf("site/a.html")).AbsoluteUri);
        await Assertions.Expect(watched.Page.Locator("figure.chart .main-svg .ytitle, figure.chart .main-svg .xtitle").First).ToBeVisibleAsync();

        var wrong = await watched.Page.EvaluateAsync<string[]>("""
            () => {
              const figure = document.querySelector("figure.chart").getBoundingClientRect();
              const texts = [...document.querySelectorAll(".main-svg text")].filter(text => text.textContent.trim())
                .map(text => ({ said: text.textContent, box: text.getBoundingClientRect() }));
              const cut = texts.filter(({ box }) => box.left < figure.left - 1 || box.right > figure.right + 1
                || box.top < figure.top - 1 || box.bottom > figure.bottom + 1).map(({ said }) => `cut: ${said}`);
              const touch = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
              const over = texts.flatMap((one, i) => texts.slice(i + 1).filter(other => touch(one.box, other.box))
                .map(other => `${one.said} lies on ${other.said}: ${JSON.stringify([one.box, other.box])}`));
              return [...cut, ...over];
            }
            """);

        Assert.Equal("", string.Join('\n', wrong));
        Assert.Empty(watched.Problems);
    }
}
