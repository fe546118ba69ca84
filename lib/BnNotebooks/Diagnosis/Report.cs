using System.Globalization;
using BnNotebooks.Plotting;
using BnNotebooks.Views;
using Plotly.NET;

namespace BnNotebooks.Diagnosis;

/// <summary>What the doctor found, the gravest first; see <see cref="Doctor"/>.</summary>
public sealed class Report
{
    const int NamedLayers = 12; // of more the names under the bars run into each other

    readonly int batches, samples;

    Report(IReadOnlyList<Finding> findings, IReadOnlyList<LayerReport> layers, int batches, int samples) =>
        (Findings, Layers, this.batches, this.samples) = (findings, layers, batches, samples);

    /// <summary>The findings: faults first, then remarks.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The findings that most likely need mending.</summary>
    public IReadOnlyList<Finding> Faults => [.. Findings.Where(finding => finding.Severity == Severity.Fault)];

    /// <summary>The normalization layers in the order of the forward pass, in numbers, and the network's output.</summary>
    public IReadOnlyList<LayerReport> Layers { get; }

    /// <summary>Whether there is no fault.</summary>
    public bool Healthy => Faults.Count == 0;

    internal static Report Of(Observations seen)
    {
        var findings = Symptoms.All.SelectMany(symptom => symptom.In(seen)).OrderByDescending(finding => finding.Severity);
        return new([.. findings], LayerReport.Of(seen), seen.Inputs.Count, seen.Samples);
    }

    /// <summary>The findings as a table.</summary>
    public Table ToTable() => new(
        ["", "layer", "finding", "seen", "advice"],
        [.. Findings.Select(finding => (string[])[finding.Severity == Severity.Fault ? "fault" : "remark", finding.Layer, finding.Name, finding.Seen, finding.Advice])])
    { Caption = Summary, FirstNumericColumn = 5 };

    /// <summary>The normalization layers as a table of numbers.</summary>
    public Table LayerTable() => new(
        ["layer", "kind", "running mean off, σ", "running deviation off, factor", "evaluation from training, σ"],
        [.. Layers.Select(layer => (string[])[layer.Name, layer.Kind, Text(layer.MeanOff), Text(layer.DeviationOff), Text(layer.Gap)])])
    { FirstNumericColumn = 2 };

    /// <summary>
    /// The layers in the order of the forward pass: how far their averages are from the data, and how far evaluation mode is from
    /// training mode.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network has no normalization layer whose input could be seen.</exception>
    public GenericChart Chart()
    {
        var averaged = Layers.Where(layer => double.IsFinite(layer.MeanOff) && double.IsFinite(layer.DeviationOff)).ToArray();
        var compared = Layers.Where(layer => double.IsFinite(layer.Gap)).ToArray();
        if (compared.Length == 0)
            throw new InvalidOperationException("There is nothing to draw: the network has no normalization layer with finite numbers. See the table.");
        Panel[] panels =
        [
            .. averaged.Length == 0 ? [] : new[]
            {
                ByLayer("running mean off (standard deviations)", averaged, layer => layer.MeanOff),
                ByLayer("running deviation off (factor − 1)", averaged, layer => layer.DeviationOff - 1),
            },
            ByLayer("evaluation from training mode (standard deviations)", compared, layer => layer.Gap),
        ];
        return Plot.Grid(Summary, panels.Length, panels);
    }

    /// <summary>The summary and all findings, a line each.</summary>
    public override string ToString() => string.Join('\n', Findings.Select(finding => finding.ToString()).Prepend(Summary));

    string Summary
    {
        get
        {
            var norms = Layers.Count(layer => layer.Kind != LayerReport.Output);
            var remarks = Findings.Count - Faults.Count;
            return $"{Count(Faults.Count, "fault")}, {Count(remarks, "remark")}: {Count(norms, "normalization layer")}, {samples} samples in {(batches == 1 ? "1 batch" : $"{batches} batches")}";
        }
    }

    static string Count(int count, string what) => count switch { 0 => $"no {what}", 1 => $"1 {what}", _ => $"{count} {what}s" };

    static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("0.00", CultureInfo.InvariantCulture);

    static Panel ByLayer(string axis, LayerReport[] layers, Func<LayerReport, double> value) => layers.Length <= NamedLayers
        ? Panels.Bars("layer", axis, [.. layers.Select(layer => layer.Name)], (axis, [.. layers.Select(value)], null)) with { SameY = false }
        : Panels.Lines("layer, in the order of the forward pass", axis, (axis, [.. layers.Select((_, i) => i + 1.0)], [.. layers.Select(value)])) with { SameY = false };
}
