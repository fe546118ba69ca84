using System.Globalization;

namespace BnNotebooks.Diagnosis;

/// <summary>Numbers and lists as findings say them.</summary>
static class Words
{
    const int Named = 4;

    public static string Number(double value) => value.ToString(Math.Abs(value) is >= 1000 and < 1e6 ? "0" : "G3", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>The channels for which something holds: <c>channels 3, 7 of 32</c> or <c>all 32 channels</c>.</summary>
    public static string Channels(IReadOnlyList<int> some, int all)
    {
        if (some.Count == all)
            return all == 1 ? "the one channel" : $"all {all} channels";
        var rest = some.Count > Named ? $" and {some.Count - Named} more" : "";
        return $"channel{(some.Count == 1 ? "" : "s")} {string.Join(", ", some.Take(Named))}{rest} of {all}";
    }

    /// <summary>The places in a list at which something holds.</summary>
    public static int[] Where<T>(IReadOnlyList<T> values, Func<T, bool> holds) => [.. Enumerable.Range(0, values.Count).Where(i => holds(values[i]))];

    public static string Batches(int count) => count == 1 ? "1 batch" : $"{count} batches";
}
