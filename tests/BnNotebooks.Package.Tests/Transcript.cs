using System.Globalization;

namespace BnNotebooks.Package.Tests;

/// <summary>What a consumer has printed.</summary>
sealed class Transcript(string output)
{
    // The README's example prints three digits after the point.
    const double Example = 0.0021;

    readonly string[] lines = output.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    /// <summary>The widest vectors that the kernels could use, in bits; 0 for none.</summary>
    public int VectorBits => int.Parse(lines[VectorLine].Split(' ')[2], CultureInfo.InvariantCulture);

    /// <summary>What the README's example printed.</summary>
    public IEnumerable<string> ExampleLines => lines.Take(VectorLine);

    int VectorLine => Array.FindIndex(lines, line => line.StartsWith("vectors of ", StringComparison.Ordinal));

    /// <summary>
    /// Other vectors add in another order, so results may differ in rounding: by a few units in the last place of a line's
    /// largest number, which for cancelling sums in double are some more.
    /// </summary>
    public void HoldAgainst(Transcript expected)
    {
        Assert.Equal(expected.lines.Length, lines.Length);
        for (var i = 0; i < lines.Length; i++)
            if (i != VectorLine)
                HoldLine(expected.lines[i].Split(' '), lines[i].Split(' '), lines[i]);
    }

    static void HoldLine(string[] expected, string[] actual, string line)
    {
        Assert.Equal(expected.Length, actual.Length);
        var numbers = expected.Select(word => double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        var largest = numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        var tolerance = expected[0] switch
        {
            "Single" => largest * Math.Pow(2, -22),
            "Double" => largest * 1e-13,
            _ => Example,
        };
        for (var i = 0; i < expected.Length; i++)
            if (double.IsNaN(numbers[i]))
                Assert.Equal(expected[i], actual[i]);
            else
                Assert.True(Math.Abs(double.Parse(actual[i], CultureInfo.InvariantCulture) - numbers[i]) <= tolerance, $"Expected {expected[i]}, but got {actual[i]} in: {line}");
    }
}
