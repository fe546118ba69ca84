using BnNotebooks.Claims;

namespace BnNotebooks.Tests.Claims;

public class LiteratureTests
{
    [Fact]
    public void No_work_is_listed_twice() =>
        Assert.Equal(Literature.Works.Count, Literature.Works.DistinctBy(work => work.Title.ToLowerInvariant()).Count());

    // A preprint's number begins with its year and month. Most venues come in that year or at most two after; a preprint may also
    // follow its conference by some months, as Ravanelli's did.
    [Fact]
    public void The_years_go_with_the_numbers_on_arXiv()
    {
        foreach (var work in Literature.Works.Where(work => work.Venue.Contains("arXiv ")))
        {
            var number = work.Venue.Split("arXiv ")[1];
            Assert.Matches(@"^\d{4}\.\d{4,5}( |$)", number);
            Assert.InRange(work.Year - (2000 + int.Parse(number[..2])), -1, 2);
        }
    }

    [Fact]
    public void The_tables_hold_every_work_once_oldest_first()
    {
        var tables = Enum.GetValues<WorkKind>().Select(Literature.ToTable).ToArray();

        Assert.Equal(Literature.Works.Count, tables.Sum(table => table.Rows.Count));
        Assert.All(tables, table => Assert.Equal(table.Rows.Select(row => row[0]).Order(), table.Rows.Select(row => row[0])));
    }
}
