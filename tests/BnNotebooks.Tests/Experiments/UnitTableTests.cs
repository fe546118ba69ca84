using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class UnitTableTests
{
    [Fact]
    public void Means_deviations_and_signal_are_those_of_the_columns()
    {
        var table = new UnitTable([1, 10, 3, 10, 5, 10], units: 2);

        Assert.Equal([1, 3, 5], table.Columns[0]);
        Assert.Equal([3, 10], table.Means);
        Assert.Equal(Math.Sqrt(8 / 3.0), table.Deviations[0], 12);
        Assert.Equal(0, table.Deviations[1]);
        Assert.Equal(Math.Sqrt(8 / 3.0 / 2), table.Signal, 12); // the mean of 8/3 and 0
        Assert.Equal([-2, 0, 2, 0, 0, 0], table.Centred);
    }

    [Fact]
    public void A_unit_is_dead_when_it_is_zero_for_every_sample() =>
        Assert.Equal(1 / 3.0, new UnitTable([0, 0, 1, 0, 2, 1], units: 3).DeadShare);

    [Fact]
    public void The_spread_compares_wide_columns_with_narrow_ones_and_leaves_out_those_that_do_not_vary()
    {
        // Of the widths 1, 2, …, 11 the tenth and the ninetieth percentile are 2 and 10.
        var wide = Enumerable.Range(1, 11).Select(width => (float)width);
        Assert.Equal(5, new UnitTable([.. wide, 3, .. wide.Select(value => -value), 3], units: 12).Spread, 6);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 2, 4, 3, 6 }, 2, 1.0)] // every row a multiple of (1, 2)
    [InlineData(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, 3, 3.0)] // all directions alike
    [InlineData(new float[] { 2, 0, 0, 1 }, 2, 1.25)] // (4 + 1) / 4
    public void The_stable_rank_counts_directions_by_their_size(float[] values, int units, double expected) =>
        Assert.Equal(expected, new UnitTable(values, units).StableRank, 12);

    [Fact]
    public void Values_that_fill_no_whole_rows_are_refused() =>
        Assert.Contains("whole rows of 2", Assert.Throws<ArgumentException>(() => new UnitTable([1, 2, 3], units: 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Kappa_is_the_square_of_the_deviations_ratio_where_columns_are_centred_and_uncorrelated()
    {
        double[] wide = [10, -10, 10, -10], unit = [1, 1, -1, -1];
        Assert.Equal(100, Conditioning.Kappa([wide, unit]), 9); // the column of ones has a curvature of 1 too
        Assert.Equal(1, Conditioning.Kappa([unit]), 9);
    }

    [Fact]
    public void A_column_that_never_changes_has_no_part_in_kappa()
    {
        double[] unit = [1, 1, -1, -1], constant = [7, 7, 7, 7];
        Assert.Equal(1, Conditioning.Kappa([constant, unit]), 9);
        Assert.Throws<ArgumentException>(() => Conditioning.Kappa([constant]));
    }
}
