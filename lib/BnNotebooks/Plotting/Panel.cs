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

    /// <summary>
    /// Whether the panel takes the vertical range that the others of its grid with the same <see cref="YAxis"/> have. It is the
    /// default, because panels that stand side by side are compared by eye, and different ranges make equal things look
    /// different. Densities, matrices and surfaces do not: their heights depend on the horizontal axis.
    /// </summary>
    public bool SameY { get; init; } = true;

    /// <summary>
    /// The horizontal values that were tried, where they are few: ticks stand at them, and nowhere else. Null for a curve.
    /// </summary>
    public IReadOnlyList<double>? Tried { get; init; }

    /// <summary>Whether bars of several series overlap (histograms) or stand side by side.</summary>
    internal bool OverlapBars { get; init; }

    /// <summary>Whether the first row stands at the top, as in a matrix.</summary>
    internal bool TopDown { get; init; }

    /// <summary>The names at the vertical axis, from the top, of a panel in which each row is something else.</summary>
    internal IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>
    /// The same as curves: without markers and without ticks at their points, for lines of few points that are not measured
    /// ones, such as the corners of a bound.
    /// </summary>
    public Panel AsCurves() => this with
    {
        Tried = null,
        Traces = [.. Traces.Select(trace => (string?)trace.GetValueOrDefault("mode") == "lines+markers"
            ? new Dictionary<string, object>(trace) { ["mode"] = "lines" }
            : trace)],
    };
}
