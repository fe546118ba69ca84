using System.Globalization;

namespace BnNotebooks.Plotting;

/// <summary>Where an axis has its ticks, and what they say.</summary>
static class Ticks
{
    const int MostLogLabels = 10;
    const double PixelsPerDigit = 7, PixelsPerPoint = 4, PixelsBetween = 6; // at the theme's size of 13
    const double PartWithData = 0.9; // of an axis: the rest is left free at its ends
    const double LeastAsNumber = 1e-4, MostAsNumber = 1e6; // beyond them a number is read more easily as a power of ten

    /// <summary>
    /// A tick at each of some values. Where the labels of all would touch, those of powers of ten are kept, or else of every
    /// second value, every third, …; the ticks stay.
    /// </summary>
    /// <param name="values">The values, ascending; on a logarithmic axis above zero.</param>
    /// <param name="log">Whether the axis is logarithmic.</param>
    /// <param name="pixels">How long the axis is where a chart is narrowest.</param>
    public static Dictionary<string, object> At(double[] values, bool log, double pixels)
    {
        string[] labels = [.. values.Select(Label)];
        double[] places = [.. values.Select(value => log ? Math.Log10(value) : value)];
        var scale = values.Length > 1 ? PartWithData * pixels / (places[^1] - places[0]) : 1;

        bool Fit(int[] shown) => shown.Zip(shown.Skip(1), (a, b) => (places[b] - places[a]) * scale
            >= PixelsBetween + (Length(labels[a]) + Length(labels[b])) / 2).All(fits => fits);

        int[] all = [.. Enumerable.Range(0, values.Length)];
        int[] powers = [.. all.Where(i => IsPowerOfTen(values[i]))];
        var choices = Enumerable.Range(1, values.Length).Select(step => all.Where(i => i % step == 0).ToArray());
        var kept = Fit(all) ? all
            : log && powers.Length > 2 && Fit(powers) ? powers
            : choices.First(Fit); // the last choice is one label alone, which fits
        return new()
        {
            ["tickmode"] = "array",
            ["tickvals"] = values,
            ["ticktext"] = all.Select(i => kept.Contains(i) ? labels[i] : "").ToArray(),
            ["ticks"] = "outside",
            ["ticklen"] = 4,
        };
    }

    /// <summary>
    /// Ticks of a logarithmic axis at each power of ten; over less than two of them also at 2 and 5, so that the values can be
    /// read; over more than ten at every second or third power, so that the labels do not touch. Each label is the whole number:
    /// plotly.js alone would write 2 for 0.02.
    /// </summary>
    /// <param name="values">What the axis shows; only values above zero count.</param>
    public static Dictionary<string, object> OfPowers(IEnumerable<double> values)
    {
        double[] shown = [.. values.Where(value => value > 0 && double.IsFinite(value))];
        var (least, most) = shown.Length > 0 ? (shown.Min(), shown.Max()) : (1, 1);
        var powers = Math.Log10(most / least);
        var ticks = new Dictionary<string, object>();
        if (shown.Length == 0 || powers >= 2)
            ticks["dtick"] = Math.Max(1, (int)Math.Ceiling(powers / MostLogLabels));
        else if (powers >= 0.5) // over less there may be neither 1 nor 2 nor 5: plotly.js finds even steps
            ticks["dtick"] = "D2";
        if (powers < 2 || least >= LeastAsNumber && most <= MostAsNumber)
            ticks["tickformat"] = "~g";
        else
            ticks["exponentformat"] = "power";
        return ticks;
    }

    /// <summary>A number in full with at most four digits, or as many as are whole: 0.001, 65,536; the smallest and largest as 3·10⁻⁷.</summary>
    internal static string Label(double value)
    {
        var size = Math.Abs(value);
        if (size is 0 or >= LeastAsNumber and < MostAsNumber)
        {
            var shortened = double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            var number = size < 1000 ? shortened : Math.Round(value);
            return number.ToString("#,0.#######", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
        }
        var power = (int)Math.Floor(Math.Log10(size) + 1e-9);
        var factor = Math.Round(value / Math.Pow(10, power), 2);
        var times = factor == 1 ? "" : factor.ToString("0.##", CultureInfo.InvariantCulture) + "·";
        return $"{times}10<sup>{power}</sup>".Replace("-", "−", StringComparison.Ordinal);
    }

    static double Length(string label)
    {
        var points = label.Count(sign => sign is '.' or ',' or '·');
        return PixelsPerDigit * (Wrapped.Length(label) - points) + PixelsPerPoint * points;
    }

    static bool IsPowerOfTen(double value) => value > 0 && Math.Log10(value) is var power && Math.Abs(power - Math.Round(power)) < 1e-9;
}
