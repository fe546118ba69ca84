using BnNotebooks.Evidence;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class ResultTests
{
    private static readonly RunGroups Runs = Compare.Run(seeds: 3,
        ("without", Small.Perceptron), ("with", Small.Perceptron with { Normalization = Norm.Batch }));

    // The mean of 1, 2 and 3 is 2 and s = 1; Student's t with 2 degrees of freedom leaves 2.5 % above 4.302653.
    [Fact]
    public void The_interval_is_Students()
    {
        var interval = Interval.Of([1, 2, 3]);

        Assert.Equal((2, 3), (interval.Mean, interval.Count));
        Assert.Equal(4.302653 / Math.Sqrt(3), interval.HalfWidth, 1e-6); // the digits of the table
        Assert.Equal((interval.Mean - interval.HalfWidth, interval.Mean + interval.HalfWidth), (interval.Low, interval.High));
    }

    [Fact]
    public void One_value_has_no_interval_and_none_no_mean()
    {
        Assert.True(double.IsNaN(Interval.Of([5]).HalfWidth));
        Assert.True(double.IsNaN(Interval.Of([1, double.NaN]).Mean));
        Assert.Throws<ArgumentException>(() => Interval.Of([]));
    }

    [Theory]
    [InlineData(0.95321, 0.01234, 1, "0.953 ± 0.012")]
    [InlineData(-0.0004, 0.0244, 100, "0.0 ± 2.4")]
    [InlineData(0.95321, 0.01234, 100, "95.3 ± 1.2")]
    [InlineData(125.4, 46.2, 1, "125 ± 46")]
    [InlineData(60, 0, 1, "60 ± 0")]
    [InlineData(1234.5, 0, 1, "1234.5 ± 0")]
    [InlineData(0.5, double.NaN, 1, "0.5 (one run)")]
    [InlineData(double.NaN, double.NaN, 1, "n/a")]
    public void An_interval_is_written_with_the_digits_it_is_worth(double mean, double half, double factor, string expected) =>
        Assert.Equal(expected, new Interval(mean, half, 3).ToString(factor));

    [Fact]
    public void A_difference_is_taken_run_by_run()
    {
        var difference = Runs["with"].Minus(Runs["without"], run => run.TestLoss);

        var expected = Interval.Of(Runs[1].Runs.Zip(Runs[0].Runs, (a, b) => a.TestLoss - b.TestLoss));
        Assert.Equal(expected, difference);
        Assert.Throws<ArgumentException>(() => Runs[0].Minus(Small.Perceptron.Run(2), run => run.TestLoss));
        Assert.Contains("without", Assert.Throws<ArgumentException>(() => Runs["wiht"]).Message);
    }

    [Fact]
    public void A_curve_is_the_mean_of_the_runs_at_each_step()
    {
        var curve = Runs[0].Curve(Metric.TestLoss);

        Assert.Equal([0, 10, 20, 30, 40], curve.Select(point => point.Step));
        Assert.Equal(Runs[0].Runs.Average(run => run.Tests[2].Loss), curve[2].Value.Mean, 1e-12);
    }

    [Fact]
    public void Training_losses_are_averaged_to_a_hundred_points()
    {
        var run = (Small.Perceptron with { Steps = 200 }).Run(1).Runs[0];

        var points = Metric.TrainingLoss.Points(run);

        Assert.Equal(100, points.Count);
        Assert.Equal((1.5, (run.Losses[0] + run.Losses[1]) / 2), points[0]);
    }

    [Fact]
    public void The_steps_to_an_accuracy_are_those_of_the_first_look_that_found_it()
    {
        var run = Runs[1].Runs[0];
        var second = run.Tests.First(test => test.Accuracy >= 0.6);

        Assert.Equal(second.Step, run.StepsTo(0.6));
        Assert.True(double.IsNaN(run.StepsTo(1.1)));
    }

    [Fact]
    public void Tables_have_a_row_for_each_group_or_each_run()
    {
        var table = Runs.ToTable();
        var frame = Runs.ToDataFrame();

        Assert.Equal(["without", "with"], table.Rows.Select(row => row[0]));
        Assert.Equal("0 of 3", table.Rows[0][^1]);
        Assert.Equal(6, frame.Rows.Count);
        Assert.Equal([1.0, 2, 3, 1, 2, 3], frame["seed"].Cast<double>());
        Assert.Equal(5, Runs[0].Runs[0].ToDataFrame().Rows.Count);
    }

    [Fact]
    public void A_sweep_has_a_group_for_each_line_and_value()
    {
        var sweep = Sweep.Over([0.001, 0.1], seeds: 2,
            ("slow", rate => Small.Perceptron with { LearningRate = rate / 10 }), ("fast", rate => Small.Perceptron with { LearningRate = rate }));

        Assert.Equal(["slow", "fast"], sweep.Names);
        Assert.Equal([0.001, 0.1], sweep[1].Select(group => group.Runs[0].Experiment.LearningRate));
        Assert.Equal(0.1, sweep.LargestWhere(1, run => run.FinalLoss < 1.2));
        Assert.True(double.IsNaN(sweep.LargestWhere(0, run => run.FinalLoss < 0)));
    }

    [Fact]
    public void A_loss_is_reached_when_ten_batches_in_a_row_have_it_on_average()
    {
        double[] losses = [.. Enumerable.Repeat(1.0, 9), 0.1, .. Enumerable.Repeat(0.2, 20)];
        var run = WithLosses(losses);

        Assert.Equal(17, run.StepsToLoss(0.39)); // the latest ten are then two of 1, one of 0.1 and seven of 0.2
        Assert.True(double.IsNaN(run.StepsToLoss(0.1)));
        Assert.True(double.IsNaN(WithLosses([0.1, 0.1]).StepsToLoss(0.5)));
        Assert.Equal(30, TrainingMetric.StepsToLoss(0.1).Of(run)); // a run that never saw it counts with all its steps
    }

    [Fact]
    public void A_median_wanders_from_its_lowest_to_its_highest_place_in_spreads()
    {
        static ActivationRecord Look(int layer, double median, double width) => new(0, layer, median - width / 2, median, median + width / 2, 0, 1);
        ActivationRecord[] looks = [Look(1, 0, 2), Look(1, 3, 2), Look(1, 1, 2), Look(2, 5, 1), Look(2, 4, 3)];

        Assert.Equal((3.0 / 2 + 1.0 / 2) / 2, WithLosses([1], looks).Wander(), 1e-12);
        Assert.Contains("Watch", Assert.Throws<InvalidOperationException>(() => Runs[0].Runs[0].Wander()).Message);
    }

    static Run WithLosses(double[] losses, params ActivationRecord[] activations) => new(Small.Perceptron with { Steps = losses.Length }, 1)
    {
        Losses = losses,
        Tests = [],
        TrainingTests = [],
        Activations = activations,
        Gradients = [],
        Diverged = false,
        TrainingTime = TimeSpan.Zero,
        Right = null,
    };
}
