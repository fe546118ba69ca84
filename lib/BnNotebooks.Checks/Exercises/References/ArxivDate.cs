using Function = System.Func<string, (int Year, int Month)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks when a work came to arXiv, by its number: <c>1502.03167</c>, also <c>1502.03167v3</c> or <c>cs/0112017</c>, to year and month.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ArxivDate(Function answer) => ArxivDateExercise.Exercise.Check(answer);
}

static class ArxivDateExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ArxivDate",
        Title = "When a work came to arXiv",
        Solution = ArxivDate,
        Trials = [Trial("1502.03167"), Trial("1604.07316v1"), Trial("2012.00002"), Trial("cs/0112017"), Trial("hep-th/9711200")],
        Mistakes = Slips.Of<Function>([Exchanged, NoCentury, FromTheDot, AlwaysTwoThousand, AlwaysNineteen, MonthFromZero, Version], has => id => Wrong(id, has)),
        Hints =
        [
            "The first four digits are year and month, two each. Older numbers have a subject and a slash before them.",
            "id.Split('/')[^1] is the number with or without a subject; [..2] and [2..4] of it are the two parts, and int.Parse makes numbers of them.",
            "arXiv began in 1991: a year from 91 on belongs to the last century, a smaller one to this.",
        ],
    };

    static Trial<Function> Trial(string id) => new(id, (f, _) =>
    {
        var (year, month) = f(id);
        return [Part.Of("year", year), Part.Of("month", month)];
    });

    // solution of ArxivDate
    static (int Year, int Month) ArxivDate(string id)
    {
        var digits = id.Split('/')[^1];
        var year = int.Parse(digits[..2]);
        return (year < 91 ? 2000 + year : 1900 + year, int.Parse(digits[2..4]));
    }
    // end

    const string
        Exchanged = "Year and month changed places: 1502 is February 2015.",
        NoCentury = "The century is missing: 15 stands for 2015.",
        FromTheDot = "You read the digits at the end of the number; the date is in the first four.",
        AlwaysTwoThousand = "arXiv began in 1991: 97 is 1997, not 2097.",
        AlwaysNineteen = "Numbers below 91 are of this century: 15 is 2015, not 1915.",
        MonthFromZero = "Months count from 1: 02 is 2.",
        Version = "You took the version or the last digit for the month; it is the third and fourth digit.";

    static (int, int) Wrong(string id, Func<string, bool> has)
    {
        var all = id.Split('/')[^1];
        var digits = has(FromTheDot) ? string.Concat(all.Where(char.IsDigit))[^4..] : all;
        var (year, month) = (int.Parse(digits[..2]), int.Parse(digits[2..4]));
        if (has(Exchanged))
            (year, month) = (month, year);
        year += has(NoCentury) ? 0 : (year < 91 && !has(AlwaysNineteen)) || has(AlwaysTwoThousand) ? 2000 : 1900;
        return (year, has(Version) ? all[^1] - '0' : has(MonthFromZero) ? month - 1 : month);
    }
}
