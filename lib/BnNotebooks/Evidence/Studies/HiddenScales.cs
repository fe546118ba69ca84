using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 04: how badly is what a hidden layer gives out scaled, taken as a table, and what does normalizing its columns mend?</summary>
static class HiddenScales
{
    const string Spread = "90th to 10th percentile of column widths", Kappa = "log10 of kappa as it is", Normalized = "log10 of kappa with normalized columns";
    static readonly int[] Layers = [1, 5, 10, 20];

    public static Study Make() => new()
    {
        Name = "hidden-scales",
        Question = "What layers 1, 5, 10 and 20 of an untrained network (20 layers of 100 ReLUs, He) make of the digits, as a table: how much do the columns' standard deviations differ, and what is the condition number of a linear model on it, as it is and with normalized columns?",
        Metrics = [Spread, Kappa, Normalized],
        Sides = [.. Layers.Select(layer => new MeasuredSide(Name(layer),
            $"{HiddenTables.Network.Settings()}; start {HiddenTables.Network.Init}; the training samples' table of the layer; columns that vary", seed => Look(layer, seed)))],
        Sentences = new Dictionary<string, Func<Results, string>>(Layers.SelectMany(layer => (KeyValuePair<string, Func<Results, string>>[])
        [
            new(Key("spread", layer), results => Say.Number(results.Mean(Name(layer), Spread))),
            new(Key("kappa", layer), results => Power(results.Mean(Name(layer), Kappa))),
            new(Key("normalized", layer), results => Power(results.Mean(Name(layer), Normalized))),
        ])),
    };

    static double[] Look(int layer, int seed)
    {
        var data = HiddenLayer.AsData(HiddenTables.Network, layer, seed);
        UnitTable table = UnitTable.Of(data.Train), normalized = UnitTable.Of(data.Standardized().Train);
        return [table.Spread, Math.Log10(Conditioning.Kappa(table.Columns)), Math.Log10(Conditioning.Kappa(normalized.Columns))];
    }

    static string Power(Estimate logarithm) => $"$10^{{{Say.Number(logarithm)}}}$";

    static string Name(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer {layer}");

    static string Key(string name, int layer) => string.Create(CultureInfo.InvariantCulture, $"{name}-{layer}");
}
