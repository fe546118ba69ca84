using System.Runtime.InteropServices.JavaScript;

namespace BnNotebooks.Playground.Explorables;

/// <summary>What the sigmoids of the last hidden layer get while a network learns, without batch norm and with it.</summary>
static partial class WanderingInput
{
    /// <summary>How many steps lie between two looks.</summary>
    public const int StepsPerLook = 5;

    static SmallNetwork[] networks = [];

    /// <summary>Starts anew.</summary>
    /// <param name="start">The start of both networks.</param>
    /// <param name="factor">What the weights are multiplied by at the start.</param>
    /// <param name="rate">The learning rate of both.</param>
    /// <param name="seed">Decides weights, points and batches.</param>
    [JSExport]
    public static void Begin(string start, double factor, double rate, int seed) =>
        networks = [.. from normalization in new[] { "none", "batch" } select new SmallNetwork(new(3, "sigmoid", normalization, start, factor, rate, seed))];

    /// <summary>
    /// Looks, then trains to the next look, so many times. Returns for each look: for both networks, for each unit, the 15th, 50th and
    /// 85th percentile of its input over all points.
    /// </summary>
    [JSExport]
    public static double[] Continue(int looks)
    {
        var found = new List<double>();
        for (var look = 0; look < looks; look++)
            foreach (var network in networks)
            {
                found.AddRange(network.LastInputs());
                for (var step = 0; step < StepsPerLook; step++)
                    network.Step();
            }
        return [.. found];
    }
}
