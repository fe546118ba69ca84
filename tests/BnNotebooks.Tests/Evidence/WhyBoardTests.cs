using System.Text.RegularExpressions;
using BnNotebooks.Evidence;
using BnNotebooks.Evidence.Studies;
using BnNotebooks.Plotting;

namespace BnNotebooks.Tests.Evidence;

public class WhyBoardTests
{
    [Fact]
    public void The_whole_board_has_a_row_a_suspect() => Assert.Equal(WhyBoard.Suspects, WhyBoard.Table().Rows.Select(row => row[0]));

    [Fact]
    public void The_board_of_the_moment_ends_there() =>
        Assert.Equal("smoothness", WhyBoard.Table(upTo: "smoothness").Rows[^1][0]);

    [Fact]
    public void The_chart_marks_the_suspect_of_the_moment_and_leaves_the_later_ones_open()
    {
        var chart = Regex.Unescape(ChartHtml.ToJson(WhyBoard.Show(upTo: "covariate shift")));

        Assert.Contains("▶ covariate", chart);
        Assert.Contains("smoothness?", chart);
        Assert.DoesNotContain("▶ initialization", chart);
    }

    [Fact]
    public void A_suspect_that_is_unknown_is_named_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => WhyBoard.Table(upTo: "luck"));

        Assert.Contains("luck", error.Message);
        Assert.Contains("covariate shift", error.Message);
    }

    [Fact]
    public void The_rate_that_batch_norm_is_held_at_is_the_one_chosen_for_the_plain_network() =>
        Assert.Equal(WhyStart.PlainRate, EvidenceFile.ReadRecord(WhyStart.Name).Sides.Single(side => side.Name == WhyStart.Plain).Rate);
}
