using System.Runtime.InteropServices.JavaScript;

namespace BnNotebooks.Playground.Explorables;

/// <summary>
/// Three networks learn side by side, of one seed: without batch norm and with it, from a start and at a rate that the reader chooses,
/// and without it at its best.
/// </summary>
static partial class WithAndWithout
{
    /// <summary>The start and the rate that suit the plain network best: the fewest steps to a loss of 0.3, over seeds 101 to 110.</summary>
    public const string BestStart = "he";

    /// <inheritdoc cref="BestStart"/>
    public const double BestRate = 0.3;

    /// <summary>How many steps make a point of the curves.</summary>
    public const int StepsPerPoint = 5;

    static SmallNetwork[] networks = [];

    /// <summary>The three recipes.</summary>
    public static Recipe[] Recipes(string start, double rate, int seed)
    {
        Recipe Of(string normalization, string from, double by) => new(5, "relu", normalization, from, 1, by, seed);
        return [Of("none", start, rate), Of("batch", start, rate), Of("none", BestStart, BestRate)];
    }

    /// <summary>Starts anew.</summary>
    [JSExport]
    public static void Begin(string start, double rate, int seed) =>
        networks = [.. Recipes(start, rate, seed).Select(recipe => new SmallNetwork(recipe))];

    /// <summary>Trains on. Returns for each point the three losses, each the mean over its steps.</summary>
    [JSExport]
    public static double[] Continue(int points)
    {
        var curves = new double[3 * points];
        for (var i = 0; i < curves.Length; i++)
            for (var step = 0; step < StepsPerPoint; step++)
                curves[i] += networks[i % 3].Step() / StepsPerPoint;
        return curves;
    }
}
