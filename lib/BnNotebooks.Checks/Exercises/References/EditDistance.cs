using Function = System.Func<string, string, int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how many letters have to be put in, taken out or exchanged to make one title of another: (title, title) to their number.
    /// Levenshtein 1966.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult EditDistance(Function answer) => EditDistanceExercise.Exercise.Check(answer);
}

static class EditDistanceExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "EditDistance",
        Title = "How far apart two titles are",
        Solution = EditDistance,
        Trials =
        [
            Trial("Jeffrey", "Jeremy"), Trial("Marek", "Mariusz"), Trial("batch norm", "norm batch"), Trial("", "norm"), Trial("norm", "norm"), Trial("abcd", "bcde"), Trial("abc", "ABCD"),
        ],
        Mistakes =
        [
            new("You compared letter by letter at the same place: one letter more at the start moves all others.", (a, b) => Math.Max(a.Length, b.Length) - Same(a, b)),
            new("You compared letter by letter and stopped at the shorter one's end.", (a, b) => Math.Min(a.Length, b.Length) - Same(a, b)),
            new("That is the difference of the lengths; letters that were exchanged count, too.", (a, b) => Math.Abs(a.Length - b.Length)),
            new("An exchanged letter counts once; you count it as one taken out and one put in.", (a, b) => Distance(a, b, exchange: 2)),
            new("You counted the letters that are the same, in order; asked is what has to be changed.", (a, b) => (a.Length + b.Length - Distance(a, b, exchange: 2)) / 2),
            new("Large and small letters are different letters here.", (a, b) => Distance(a.ToUpperInvariant(), b.ToUpperInvariant(), exchange: 1)),
            new("Letters of the same kind in another order are not the same title: the order counts.", (a, b) => Distance(string.Concat(a.Order()), string.Concat(b.Order()), exchange: 1)),
            new("You know only whether they are the same; asked is by how many letters they differ.", (a, b) => a == b ? 0 : 1),
        ],
        Hints =
        [
            "Fill a table: d[i, j] is the distance of the first i letters of the one from the first j letters of the other. d[i, 0] = i and d[0, j] = j.",
            "The last step was one of three: a letter taken out, d[i − 1, j] + 1; put in, d[i, j − 1] + 1; or exchanged, d[i − 1, j − 1] + 1, which costs nothing where the two letters are the same.",
            "d[i, j] is the smallest of the three; the answer stands in the last corner.",
        ],
    };

    static Trial<Function> Trial(string a, string b) => new($"'{a}' and '{b}'", (f, _) => [Part.Of("distance", f(a, b))]);

    static int Same(string a, string b) => a.Zip(b).Count(pair => pair.First == pair.Second);

    // solution of EditDistance
    static int EditDistance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                if (i == 0 || j == 0)
                    d[i, j] = i + j;
                else
                {
                    var exchanged = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                    d[i, j] = Math.Min(exchanged, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                }
        return d[a.Length, b.Length];
    }
    // end

    static int Distance(string a, string b, int exchange)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                d[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : exchange), Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
        return d[a.Length, b.Length];
    }
}
