using Function = System.Func<double, double, double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how much of a signal is left: (its spread, the activation's slope, the length of a unit's weights, how many layers) to the
    /// spread after them.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult SpreadAfterLayers(Function answer) => SpreadAfterLayersExercise.Exercise.Check(answer);
}

static class SpreadAfterLayersExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "SpreadAfterLayers",
        Title = "A signal after some layers",
        Solution = SpreadAfterLayers,
        Trials = [Trial("PyTorch's weights, 3 layers", 0.8, 0.25, 0.58, 3), Trial("long weights, 5 layers", 0.9, 0.2, 4.4, 5), Trial("no layer", 0.7, 0.25, 1.5, 0)],
        Mistakes =
        [
            new("You multiplied by the number of layers. Each layer multiplies once more: it is a power.", (spread, slope, length, layers) => spread * slope * length * layers),
            new("That is one layer; each further one multiplies again.", (spread, slope, length, _) => spread * slope * length),
            new("Only the slope is taken to the power; each layer has weights, too.", (spread, slope, length, layers) => spread * Math.Pow(slope, layers) * length),
            new("Only the weights are taken to the power; each layer has a slope, too.", (spread, slope, length, layers) => spread * slope * Math.Pow(length, layers)),
            new("The weights are missing: a unit multiplies the spread by the length of its weights before the activation does by its slope.", (spread, slope, _, layers) => spread * Math.Pow(slope, layers)),
            new("The slope is missing: the activation multiplies the spread by it.", (spread, _, length, layers) => spread * Math.Pow(length, layers)),
            new("One layer too few: all of them multiply.", (spread, slope, length, layers) => spread * Math.Pow(slope * length, layers - 1)),
            new("One layer too many.", (spread, slope, length, layers) => spread * Math.Pow(slope * length, layers + 1)),
            new("The spread that comes in is missing: this is only the factor.", (_, slope, length, layers) => Math.Pow(slope * length, layers)),
            new("You took the sum of slope and length; a layer multiplies by the one and then by the other.", (spread, slope, length, layers) => spread * Math.Pow(slope + length, layers)),
        ],
        Hints =
        [
            "What does one layer do to the spread? First a unit sums its inputs with its weights, then the sigmoid acts.",
            "One layer multiplies by the length of the weights and by the slope. The second layer does the same with what the first gave.",
            "So it is spread · (slope · length)^layers; a loop over the layers does as well as Math.Pow.",
        ],
    };

    static Trial<Function> Trial(string name, double spread, double slope, double length, int layers) =>
        new(name, (f, _) => [Part.Of("spread", f(spread, slope, length, layers))]);

    // solution of SpreadAfterLayers
    static double SpreadAfterLayers(double spread, double slope, double length, int layers)
    {
        for (var layer = 0; layer < layers; layer++)
            spread *= slope * length;
        return spread;
    }
    // end
}
