using BnNotebooks.Core;
using BnNotebooks.Views;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.Playwright;

namespace BnNotebooks.Runner.Tests.Browser;

/// <summary>The C# that stands beside a figure is C# of this library, whatever the figure is set to.</summary>
public sealed class ShownCodeTests(TestBrowser browser, ExplorablesTests.Pages pages) : IClassFixture<ExplorablesTests.Pages>
{
    static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(typeof(BatchNorm1d).Assembly, typeof(System.Numerics.Tensors.Tensor).Assembly)
        .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Numerics.Tensors", "BnNotebooks.Core");

    // What a figure's code takes for given, because it shows the line in question alone.
    static readonly Dictionary<string, string> Given = new()
    {
        ["backward-graph"] = "double[] x = [1], y = [1], t = [1], xHat = [1], dy = [1], dHat = [1]; double m = 1, mu = 0, sigma = 1, gamma = 1, dVariance = 1, dMu = 1;",
        ["companions"] = "float[] others = [];",
        ["folding"] = "var (linear, norm) = (new Linear<double>(1, 1), new BatchNorm1d<double>(1));",
        ["one-feature"] = "Tensor<float> x = null!;",
        ["running-average"] = "Tensor<float> batch = null!;",
        ["shared-means"] = "Tensor<float> x = null!;",
        ["twenty-layers"] = "var random = new Random(1); Tensor<double> x = null!;",
        ["valley"] = "var w = new Linear<double>(2, 1).Weight;",
        ["wandering-input"] = Network,
        ["with-and-without"] = Network + "var loss = new SoftmaxCrossEntropy();",
    };

    const string Network = "var random = new Random(1); var linear = new Linear(16, 16); List<Layer<float>> layers = []; var network = new Sequential([.. layers]);";

    public static TheoryData<string> Names => [.. Explorable.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task It_compiles_at_both_ends_of_every_control(string name)
    {
        await using var watched = await browser.NewPageAsync();
        await watched.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await watched.Page.GotoAsync(new Uri(pages.Address, name + ".html").AbsoluteUri);
        var shown = await ShownAsync(watched.Page);

        Assert.NotEmpty(shown);
        foreach (var code in shown)
        {
            // As a cell after that of what is given: it may declare a name of it anew.
            var errors = CSharpScript.Create(Given[name], Options).ContinueWith(code).Compile(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), $"{string.Join('\n', errors)}\n{code}");
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{shown.Count} pieces of code");
        Assert.Empty(watched.Problems);
    }

    // Everything that stands there while each control goes to its ends, and each choice is taken once.
    static async Task<HashSet<string>> ShownAsync(IPage page)
    {
        var shown = new HashSet<string>();
        var figure = page.Locator(".outputs").First;
        async Task LookAsync()
        {
            await Assertions.Expect(figure.Locator("[aria-busy]")).ToHaveCountAsync(0, new() { Timeout = 60_000 }); // it may train
            shown.Add((await figure.Locator("pre code").First.InnerTextAsync()).Trim());
        }

        await Assertions.Expect(figure.Locator("pre code").First).ToContainTextAsync(";", new() { Timeout = 60_000 });
        await LookAsync();
        foreach (var choice in await figure.Locator("select").AllAsync())
            foreach (var option in await choice.Locator("option").AllAsync())
            {
                if (await choice.IsDisabledAsync())
                    continue;
                await choice.SelectOptionAsync(new SelectOptionValue { Value = await option.EvaluateAsync<string>("option => option.value") });
                await LookAsync();
            }
        foreach (var slider in await figure.Locator("input[type=range]").AllAsync())
            foreach (var key in (string[])["Home", "End"])
            {
                await slider.PressAsync(key);
                await LookAsync();
            }
        foreach (var choice in await figure.Locator(".kinds button, .kinds input, svg [role=button][aria-pressed]").AllAsync())
        {
            await choice.FocusAsync();
            await choice.PressAsync("Space");
            await LookAsync();
        }
        return shown;
    }
}
