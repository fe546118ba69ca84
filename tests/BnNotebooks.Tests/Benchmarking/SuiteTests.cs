using BnNotebooks.Benchmarking;
using BnNotebooks.Benchmarks;

namespace BnNotebooks.Tests.Benchmarking;

/// <summary>What the suite measures, and how a part of it is chosen.</summary>
public sealed class SuiteTests
{
    static readonly int All = Environment.ProcessorCount;

    /// <summary>The cases for which the project has set itself a bar.</summary>
    static IEnumerable<(string Case, string Shape, string Setting, int Threads)> Bars =>
    [
        ("batchnorm2d/train/forward", "20x120x55x65", BenchmarkResult.Steady, 1),
        ("batchnorm2d/train/forward", "20x120x55x65", BenchmarkResult.Steady, All),
        ("batchnorm2d/train/forward", "20x120x55x65", BenchmarkResult.AsCalled, 1),
        ("batchnorm2d/eval/forward", "20x120x55x65", BenchmarkResult.Steady, 1),
        ("batchnorm2d/eval/forward", "20x120x55x65", BenchmarkResult.Steady, All),
        ("batchnorm2d/train/forward+backward", "20x120x55x65", BenchmarkResult.Steady, 1),
        ("batchnorm2d/train/forward+backward", "20x120x55x65", BenchmarkResult.Steady, All),
        ("batchnorm1d/train/forward", "22x102", BenchmarkResult.AsCalled, 1),
        ("layernorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, 1),
        ("layernorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, All),
        ("groupnorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, 1),
        ("groupnorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, All),
        ("instancenorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, 1),
        ("instancenorm/train/forward", "32x256x56x56", BenchmarkResult.Steady, All),
    ];

    static (string, string, string, int) Key(Workload workload) => (workload.Case, workload.Shape, workload.Setting, workload.Threads);

    [Fact]
    public void The_quick_part_has_every_case_with_a_bar() => Assert.Subset(
        Suite.Quick.Select(Key).ToHashSet(), Bars.ToHashSet());

    [Fact]
    public void The_quick_part_is_a_part_of_the_full_suite() => Assert.Subset(
        Suite.Full.Select(Key).ToHashSet(), Suite.Quick.Select(Key).ToHashSet());

    [Fact]
    public void No_case_is_measured_twice() => Assert.Equal(Suite.Full.Count, Suite.Full.Select(Key).Distinct().Count());

    [Fact]
    public void Every_case_is_measured_in_both_settings() => Assert.All(
        Suite.Full.GroupBy(workload => (workload.Case, workload.Shape, workload.Threads)), group => Assert.Equal(2, group.Count()));

    [Fact]
    public void Each_axis_of_growth_is_the_start_doubled_five_times_and_is_in_the_suite()
    {
        var measured = Suite.Full.Where(workload => workload.Case == GrowthShapes.Case).Select(workload => workload.Shape).ToHashSet();
        foreach (var axis in GrowthShapes.Axes)
        {
            long[] sizes = [.. GrowthShapes.Along(axis).Select(shape => shape.Aggregate(1L, (size, length) => size * length))];

            Assert.Equal([1, 2, 4, 8, 16, 32], sizes.Select(size => size / sizes[0]));
            Assert.Subset(measured, GrowthShapes.Along(axis).Select(shape => string.Join('x', shape)).ToHashSet());
        }
    }

    [Theory]
    [InlineData("22x102")]
    [InlineData("22X102")]
    [InlineData(" 22x102  batchnorm1d ")]
    [InlineData("train/forward 22x102 as called")]
    public void A_filter_chooses_the_cases_that_have_each_of_its_words(string filter)
    {
        var chosen = Suite.Select(quick: true, filter);

        Assert.NotEmpty(chosen);
        Assert.All(chosen, workload => Assert.Equal("22x102", workload.Shape));
    }

    [Fact]
    public void A_filter_that_fits_nothing_is_an_error() =>
        Assert.Equal(1, BenchCommand.Run(new Selection(Quick: true, Filter: "22x102 batchnorm3d", Threads: null, Missing: false)));

    [Fact]
    public void What_is_missing_is_what_has_no_result_yet()
    {
        var all = Suite.Select(quick: true, null);
        var first = all[0];
        BenchmarkResult[] before = [Results.Of(first.Case, first.Shape, first.Setting, first.Threads), Results.Of(first.Case, "1x2")];

        Assert.Equal(all.Skip(1), new Selection(Quick: true, Filter: null, Threads: null, Missing: true).Of(before));
        Assert.Equal(all.Where(workload => workload.Threads == 1), new Selection(Quick: true, Filter: null, Threads: 1, Missing: false).Of(before));
        Assert.Equal(all, new Selection(Quick: true, Filter: null, Threads: null, Missing: false).Of(before));
    }

    [Fact]
    public void A_new_result_takes_the_place_of_the_older_one_and_the_suites_order_is_kept()
    {
        string[] keys = [Suite.Full[3].Key, Suite.Full[7].Key];
        BenchmarkResult Of(int place, double ours) =>
            Results.Of(Suite.Full[place].Case, Suite.Full[place].Shape, Suite.Full[place].Setting, Suite.Full[place].Threads, ours);

        var run = Suite.InOrder(Results.Run(Of(7, ours: 1)).With(Of(3, ours: 2)).With(Of(7, ours: 3)));

        Assert.Equal(keys, run.Results.Select(result => result.Key));
        Assert.Equal([2, 3], run.Results.Select(result => result.OursMs));
    }

    [Theory]
    [InlineData(0.00012345678, 0.0001235)]
    [InlineData(12.345678, 12.35)]
    public void A_time_has_four_significant_digits(double ms, double rounded) => Assert.Equal(rounded, Measurement.Digits(ms), 1e-12);

    [Fact]
    public void A_case_that_several_threads_made_much_slower_is_measured_again()
    {
        var single = Results.Of("a", "1x2", ours: 2, torch: 8);
        Queue<BenchmarkResult> attempts = new(
        [
            Results.Of("a", "1x2", threads: 2, ours: 1, torch: 900), // disturbed
            Results.Of("a", "1x2", threads: 2, ours: 1, torch: 5),
            Results.Of("a", "1x2", threads: 2, ours: 1, torch: 4), // not asked for
        ]);

        Assert.Equal(5, Disturbance.LeastOf(attempts.Dequeue, single).TorchMs);
    }

    [Fact]
    public void The_least_disturbed_of_three_attempts_is_kept()
    {
        var single = Results.Of("a", "1x2", ours: 2, torch: 8);
        Queue<BenchmarkResult> attempts = new(
        [
            Results.Of("a", "1x2", threads: 2, ours: 2, torch: 100),
            Results.Of("a", "1x2", threads: 2, ours: 9, torch: 8),
            Results.Of("a", "1x2", threads: 2, ours: 20, torch: 8),
        ]);

        Assert.Equal(9, Disturbance.LeastOf(attempts.Dequeue, single).OursMs);
    }

    [Fact]
    public void Without_a_single_thread_to_compare_with_once_is_enough() =>
        Assert.Equal(900, Disturbance.LeastOf(new Queue<BenchmarkResult>([Results.Of("a", "1x2", torch: 900)]).Dequeue, null).TorchMs);

    [Fact]
    public void A_machine_that_is_not_quiet_is_complained_of()
    {
        Assert.Null(QuietMachine.Complaint(1.05));
        Assert.Contains("1.50 times", QuietMachine.Complaint(1.5));
    }
}
