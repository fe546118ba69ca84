using System.Text.Json.Nodes;
using BnNotebooks.Benchmarking;
using BnNotebooks.Plotting;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>The charts of a benchmark run, seen through their JSON.</summary>
public sealed class BenchmarkChartsTests
{
    static readonly BenchmarkRun Few = Results.Run(
        Results.Of("batchnorm2d/train/forward", "20x120x55x65", ours: 2, torch: 8, copy: 1.6),
        Results.Of("batchnorm2d/eval/forward", "20x120x55x65", ours: 4, torch: 2, copy: 1),
        Results.Of("layernorm/train/forward", "32x256x56x56", ours: 2, torch: 3, copy: 1),
        Results.Of("batchnorm2d/train/forward", "20x120x55x65", BenchmarkResult.AsCalled, threads: 2));

    static JsonNode Json(Plotly.NET.GenericChart chart) => JsonNode.Parse(ChartHtml.ToJson(chart))!;

    static string[] Title(JsonNode chart) => ((string)chart["layout"]!["title"]!["text"]!).Split("<br>");

    static double[] Heights(JsonNode chart, int trace) => [.. chart["data"]![trace]!["y"]!.AsArray().Select(value => value!.GetValue<double>())];

    [Fact]
    public void Against_the_rivals_it_counts_the_cases_that_are_won_in_the_chosen_setting()
    {
        var chart = Json(BenchmarkCharts.VersusBest(Few));

        Assert.Equal("2 of 3 cases won (steady, 1 thread)", Title(chart)[0]);
        Assert.Equal([4], Heights(chart, 0));
        Assert.Equal([0.5], Heights(chart, 1));
        Assert.Equal([1.5], Heights(chart, 2));
    }

    [Fact]
    public void Every_title_names_the_rivals_with_version_and_layout_and_the_machine()
    {
        string[][] titles = [Title(Json(BenchmarkCharts.VersusBest(Few))), Title(Json(BenchmarkCharts.VersusLimit(Few))),
            Title(Json(BenchmarkCharts.Growth(Results.Run(Results.Growth()))))];

        Assert.All(titles, title => Assert.Equal(
            ["<sup>against libtorch 2.10.0 (contiguous and channels_last), ONNX Runtime 1.31.1 and a plain loop</sup>",
                "<sup>a processor, 2 cores, 256-bit vectors, .NET 10</sup>"], title[1..]));
    }

    [Fact]
    public void Against_a_copy_it_counts_the_cases_below_two()
    {
        var chart = Json(BenchmarkCharts.VersusLimit(Few));

        Assert.Equal("Less than two copies of the input in 1 of 3 cases (steady, 1 thread)", Title(chart)[0]);
        Assert.Equal([1.25], Heights(chart, 0));
    }

    [Fact]
    public void Layers_without_a_panel_of_their_own_share_one_and_are_named()
    {
        var annotations = Json(BenchmarkCharts.VersusBest(Few))["layout"]!["annotations"]!.AsArray();
        var labels = Json(BenchmarkCharts.VersusBest(Few))["data"]![2]!["x"]!.AsArray();

        Assert.Equal(["<b>batchnorm2d</b>", "<b>others</b>"], annotations.Select(heading => (string?)heading!["text"]));
        Assert.Equal("layernorm<br>32x256x56x56", (string?)labels[0]);
    }

    [Fact]
    public void Growth_says_what_a_doubling_costs()
    {
        var chart = Json(BenchmarkCharts.Growth(Results.Run(Results.Growth())));

        Assert.Equal("Twice the input takes ours 2.0 to 2.0 times as long (steady, 1 thread)", Title(chart)[0]);
        Assert.Equal(12, chart["data"]!.AsArray().Count); // ours, libtorch, the plain loop and the faster copy, along three axes
        Assert.Equal(6, Heights(chart, 0).Length);
    }

    [Fact]
    public void The_shapes_of_growth_do_not_crowd_the_other_charts()
    {
        var chart = Json(BenchmarkCharts.VersusBest(Results.Run([.. Few.Results, .. Results.Growth()])));

        Assert.Equal("2 of 3 cases won (steady, 1 thread)", Title(chart)[0]);
    }

    [Fact]
    public void Results_that_are_not_there_are_asked_for()
    {
        var noGrowth = Assert.Throws<ArgumentException>(() => BenchmarkCharts.Growth(Few));
        var noThreads = Assert.Throws<ArgumentException>(() => BenchmarkCharts.VersusBest(Few, threads: 3));

        Assert.Contains("dotnet bn.cs bench", noGrowth.Message);
        Assert.Contains("steady, 3 threads", noThreads.Message);
    }
}
