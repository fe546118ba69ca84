using BnNotebooks.Speed;

namespace BnNotebooks.Tests.Speed;

public sealed class RaceTests
{
    [Fact]
    public void The_contestants_take_turns_and_all_rounds_are_kept()
    {
        var calls = new List<char>();
        var race = Race.Run(3, ("a", () => Record('a')), ("b", () => Record('b')));

        // Before the last six, the timed ones, they warm up.
        Assert.Equal("ababab", string.Concat(calls.TakeLast(6)));
        Assert.Equal(["a", "b"], race.Timings.Select(timing => timing.Name));
        Assert.All(race.Timings, timing => Assert.Equal(3, timing.Milliseconds.Count));

        void Record(char call)
        {
            calls.Add(call);
            Thread.Sleep(1);
        }
    }

    [Fact]
    public void The_median_and_the_quartiles_are_those_of_the_sorted_rounds()
    {
        var timing = new Timing("a", [5, 1, 2, 4, 3]);

        Assert.Equal(3, timing.Median);
        Assert.Equal((2, 4), (timing.Quantile(0.25), timing.Quantile(0.75)));
        Assert.Equal(2.5, new Timing("even", [1, 2, 3, 4]).Median);
    }

    [Fact]
    public void A_ratio_is_taken_round_by_round()
    {
        var ratio = new Timing("a", [2, 20, 200]).Over(new Timing("b", [1, 10, 100]));

        Assert.Equal("a / b", ratio.Name);
        Assert.Equal([2.0, 2, 2], ratio.Milliseconds);
    }

    [Fact]
    public void A_contestant_is_found_by_name_and_the_table_compares_with_the_first()
    {
        var race = new Race([new Timing("copy", [2, 2, 2]), new Timing("layer", [3, 3, 3])]);

        Assert.Equal(3, race["layer"].Median);
        Assert.Contains("copy, layer", Assert.Throws<KeyNotFoundException>(() => race["other"]).Message);
        Assert.Equal(["layer", "3.00", "3.00 … 3.00", "1.50 ×"], race.ToTable().Rows[1]);
        Assert.Equal("against copy", race.ToTable().Columns[^1]);
    }

    [Fact]
    public void Page_faults_stand_in_the_table_where_they_were_counted()
    {
        var race = new Race([new Timing("a", [1, 1, 1]) { PageFaults = [8379, 0, 9000] }]);

        Assert.Equal(("page faults", "8,379"), (race.ToTable().Columns[^1], race.ToTable().Rows[0][^1]));
    }

    [Fact]
    public void Less_than_one_round_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Race.Run(0, ("a", () => { })));
}
