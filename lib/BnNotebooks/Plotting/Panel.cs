namespace BnNotebooks.Plotting;

/// <summary>
/// What one pair of axes shows. A panel is a plain description: it can be shown alone or in a grid, as often as wanted.
/// The methods of <see cref="Panels"/> make panels, <see cref="Plot"/> shows them.
/// </summary>
/// <param name="XAxis">Name and unit of the horizontal axis.</param>
/// <param name="YAxis">Name and unit of the vertical axis.</param>
/// <param name="Traces">Plotly traces as dictionaries: attribute to value.</param>
public sealed record Panel(string XAxis, string YAxis, IReadOnlyList<IReadOnlyDictionary<string, object>> Traces)
{
    /// <summary>A heading above the panel when it stands in a grid, or null.</summary>
    public string? Heading { get; init; }

    /// <summary>Whether the horizontal axis counts in powers of ten.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis counts in powers of ten.</summary>
    public bool LogY { get; init; }

    /// <summary>Whether bars of several series overlap (histograms) or stand side by side.</summary>
    internal bool OverlapBars { get; init; }

    /// <summary>Whether the first row stands at the top, as in a matrix.</summary>
    internal bool TopDown { get; init; }
}
