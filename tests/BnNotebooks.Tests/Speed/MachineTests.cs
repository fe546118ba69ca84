using System.Text.Json.Nodes;
using BnNotebooks.Plotting;
using BnNotebooks.Speed;

namespace BnNotebooks.Tests.Speed;

public sealed class MachineTests
{
    [Theory, InlineData(1), InlineData(2)]
    public void Bandwidth_and_peak_are_finite_numbers_above_zero(int threads)
    {
        Assert.InRange(Machine.CopyBandwidth(1 << 20, threads), double.Epsilon, double.MaxValue);
        Assert.InRange(Machine.PeakGflops(threads), double.Epsilon, double.MaxValue);
    }

    [Fact]
    public void A_block_too_small_to_share_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Machine.CopyBandwidth(64, threads: 2));

    [Fact]
    public void A_roof_is_the_lower_of_bandwidth_and_peak()
    {
        var roof = new Roofline("r", GigabytesPerSecond: 10, Gflops: 100);

        Assert.Equal(10, roof.Ridge);
        Assert.Equal((5, 100, 100), (roof.Limit(0.5), roof.Limit(10), roof.Limit(1000)));
    }

    [Fact]
    public void A_roofline_bends_at_its_ridge_and_carries_each_point()
    {
        var panel = Roofline.Draw([new Roofline("r", 10, 100)], ("work", [("a", 2, 15)]));
        var data = JsonNode.Parse(ChartHtml.ToJson(Plot.Show("t", panel)))!["data"]!;

        Assert.Equal([1.0, 10, 20], data[0]!["x"]!.AsArray().Select(x => x!.GetValue<double>()));
        Assert.Equal([10.0, 100, 100], data[0]!["y"]!.AsArray().Select(y => y!.GetValue<double>()));
        Assert.Equal(("work", "a"), ((string?)data[1]!["name"], (string?)data[1]!["text"]![0]));
        Assert.Equal((2, 15), (data[1]!["x"]![0]!.GetValue<double>(), data[1]!["y"]![0]!.GetValue<double>()));
    }
}
