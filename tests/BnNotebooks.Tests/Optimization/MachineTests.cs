using System.Text.Json.Nodes;
using BnNotebooks.Optimization;
using BnNotebooks.Plotting;
using TorchSharp;

namespace BnNotebooks.Tests.Optimization;

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
    public void Memory_that_is_touched_for_the_first_time_faults()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how many pages it handed over.");
        var before = Machine.PageFaults();
        var block = new byte[64 << 20];
        block.AsSpan().Fill(1);

        Assert.True(Machine.PageFaults() > before, $"{before} page faults before, {Machine.PageFaults()} after");
    }

    [Fact]
    public void An_allocator_that_keeps_its_pages_hands_them_out_again()
    {
        const int Floats = 8 << 20;
        long FaultsOfOneUse()
        {
            var before = Machine.PageFaults() ?? 0;
            using var large = torch.ones(Floats);
            return (Machine.PageFaults() ?? 0) - before;
        }
        Assert.SkipUnless(Machine.KeepPages(4 * Floats), "This system's allocator does not take such wishes.");
        FaultsOfOneUse();

        // 32 MB are 8,192 pages. Other tests run beside this one and have faults of their own; of several tries one is quiet.
        Assert.True(Enumerable.Range(0, 50).Min(_ => FaultsOfOneUse()) < 1000);
    }

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
