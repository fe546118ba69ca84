using System.Globalization;

namespace BnNotebooks.Predictions;

/// <summary>Numbers as a reader sees them, to about three digits.</summary>
static class Shown
{
    public static string Of(double value) => value.ToString(Math.Abs(value) switch
    {
        0 => "0",
        < 1e-3 or >= 1e6 => "0.##e0",
        < 100 => "G3",
        _ => "0.#",
    }, CultureInfo.InvariantCulture);
}
