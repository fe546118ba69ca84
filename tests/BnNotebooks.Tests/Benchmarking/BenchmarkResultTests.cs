using BnNotebooks.Benchmarking;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>What counts as a win, against whom, and why the other cases are lost.</summary>
public sealed class BenchmarkResultTests
{
    [Theory]
    [InlineData(1.9, true)]
    [InlineData(2.0, false)] // as fast is no win
    [InlineData(2.1, false)] // ahead by the median alone
    public void A_win_is_when_nineteen_in_twenty_readings_are_below_the_best_rivals_median(double p95, bool won) =>
        Assert.Equal(won, Results.Of("a", "1x2", ours: 1, p95: p95, torch: 2).Won);

    [Theory]
    [InlineData(8, null, null, "libtorch")]
    [InlineData(8, 4.0, null, "libtorch channels_last")]
    [InlineData(8, 4.0, 3.0, "ONNX Runtime")]
    [InlineData(900, 500.0, 300.0, "plain loop")] // Results' plain loop takes 160 ms
    public void The_best_rival_is_the_fastest_of_those_who_took_part(double torch, double? channelsLast, double? onnx, string best)
    {
        var result = Results.Of("a", "1x2", ours: 2, torch: torch, channelsLast: channelsLast, onnx: onnx);

        Assert.Equal(best, result.BestRival);
        Assert.Equal(result.Rivals.Min(rival => rival.Ms) / 2, result.VsBest);
    }

    [Fact]
    public void The_limit_is_the_faster_of_the_two_copies()
    {
        var result = Results.Of("a", "1x2", ours: 3, copy: 1); // streamed, it takes 2 ms

        Assert.Equal(3, result.VsLimit);
        Assert.Equal(6, (result with { StreamingCopyMs = 0.5 }).VsLimit);
    }

    [Fact]
    public void A_cause_found_by_hand_counts_before_what_the_numbers_say()
    {
        var lost = Results.Of("layernorm/eval/forward", "64x1024", BenchmarkResult.AsCalled, ours: 9) with { OursFreshPages = 200 };
        var causes = new LossCauses([new("layernorm steady", "one"), new("LAYERNORM as called", "two"), new("layernorm", "three")]);

        Assert.Equal("two", causes.Of(lost));
        Assert.Equal("fresh memory: the system maps 200 pages for a call of ours, 0 for the rival's", new LossCauses([]).Of(lost));
    }

    [Theory]
    [InlineData(7, 9, "ahead by the median, but not in nineteen of twenty readings")]
    [InlineData(9, 9, LossCauses.Unknown)]
    public void Without_a_cause_the_numbers_say_what_they_can(double ours, double p95, string cause) =>
        Assert.Equal(cause, new LossCauses([]).Of(Results.Of("a", "1x2", ours: ours, p95: p95)));

    [Fact]
    public void The_committed_causes_are_read()
    {
        foreach (var cause in LossCauses.Committed().Known)
            Assert.All((string[])[cause.Cases, cause.Cause], text => Assert.NotEmpty(text.Trim()));
    }

    [Fact]
    public void The_table_of_losses_has_each_once_the_widest_gap_first_with_its_cause()
    {
        var run = Results.Run(Results.Of("won", "1x2"), Results.Of("close", "1x2", ours: 7, p95: 9), Results.Of("far", "1x2", ours: 30));

        var table = BenchmarkTables.Losses(run, new LossCauses([new("far", "known")]));

        Assert.Equal(["far", "close"], table.Rows.Select(row => row[0]));
        Assert.Equal("known", table.Rows[0][4]);
        Assert.StartsWith("2 of 3 cases are not won, against libtorch 2.10.0 (contiguous and channels_last), ONNX Runtime 1.31.1", table.Caption);
        Assert.EndsWith("256-bit vectors, .NET 10", table.Caption);
    }

    [Fact]
    public void The_table_of_wins_counts_by_case_and_setting_and_takes_the_geometric_mean()
    {
        var run = Results.Run(Results.Of("a", "1x2", ours: 1, torch: 2), Results.Of("a", "2x2", ours: 1, torch: 8),
            Results.Of("b", "1x2", BenchmarkResult.AsCalled, threads: 2, ours: 4, torch: 2));

        var table = BenchmarkTables.Wins(run);

        Assert.Equal(["won, and times as fast as the best rival", "steady, 1 thr.", "as called, 2 thr."], table.Columns);
        Assert.Equal(["a", "2/2,\u00a0×\u00a04.00", ""], table.Rows[0]);
        Assert.Equal(["b", "", "0/1,\u00a0×\u00a00.50"], table.Rows[1]);
        Assert.Equal(["all", "2/2,\u00a0×\u00a04.00", "0/1,\u00a0×\u00a00.50"], table.Rows[2]);
    }

    [Fact]
    public void Results_of_another_machine_or_of_another_rivals_version_are_told_apart()
    {
        Assert.True(Results.Machine.IsLike(Results.Machine with { Remark = "not quiet" }));
        Assert.False(Results.Machine.IsLike(Results.Machine with { OnnxRuntime = "1.30.0" }));
        Assert.False(Results.Machine.IsLike(Results.Machine with { VectorBits = 512 }));
    }
}
