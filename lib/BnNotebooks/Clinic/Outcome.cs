using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Clinic;

/// <summary>
/// What a case gives before its cure, or after it: one number that follows from arithmetic, a number for each of several seeds, or
/// what was said, such as the message of an exception.
/// </summary>
/// <param name="Values">The numbers; none where there are only words.</param>
/// <param name="Words">The words, or null.</param>
public sealed record Outcome(IReadOnlyList<double> Values, string? Words = null)
{
    /// <summary>Measures with the seeds 1, 2, 3, …, side by side.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="measure">Gives the number for a seed.</param>
    public static Outcome OfSeeds(int seeds, Func<int, double> measure) =>
        new(Workers.Map([.. Enumerable.Range(1, seeds)], measure));

    /// <summary>"works", or what the exception says that comes instead.</summary>
    /// <param name="work">What is tried.</param>
    public static Outcome Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
            return "works";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // libtorch's messages end in a stack of native calls.
            var said = error.Message.Split('\n')[0].Trim();
            return $"refuses: {(said.Length <= MostSaid ? said : said[..MostSaid] + "…")}";
        }
    }

    const int MostSaid = 150;

    /// <summary>A number that no seed changes.</summary>
    public static implicit operator Outcome(double value) => new([value]);

    /// <summary>Words.</summary>
    public static implicit operator Outcome(string words) => new([], words);

    /// <summary>The mean over the seeds.</summary>
    public double Mean => Values.Average();

    /// <summary>The number, if there is one or all are equal, or their mean with the lowest and the highest.</summary>
    public override string ToString() => Words ?? (Values.Distinct().Count() == 1
        ? Number(Values[0])
        : $"{Number(Mean)} ({Number(Values.Min())} to {Number(Values.Max())})");

    static string Number(double value) => !double.IsFinite(value) || value == 0 || Math.Abs(value) is >= 1e-3 and < 1e5
        ? value.ToString(Math.Abs(value) >= 1000 || value == Math.Truncate(value) ? "0" : "G3", CultureInfo.InvariantCulture)
        : value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
