namespace BnNotebooks.Plotting;

/// <summary>The axes of a chart's panels.</summary>
static class Axes
{
    /// <summary>Plotly numbers axes x, x2, x3, …</summary>
    public static string Suffix(int panel) => panel == 0 ? "" : $"{panel + 1}";

    /// <summary>The horizontal axis of the panel with this number.</summary>
    public static Dictionary<string, object> Horizontal(Sheet sheet, int index)
    {
        var (panel, place) = (sheet.Panels[index], sheet.Places[index]);
        var axis = AxisOf(panel.XAxis, panel.LogX, place.Left, place.Right, "y" + Suffix(index));
        double[] tried = [.. (panel.Tried ?? []).Where(value => value > 0 || !panel.LogX)];
        if (tried.Length > (panel.LogX ? 0 : 2)) // a linear axis with one or two values is better read at round numbers
            Add(axis, Ticks.At(tried, panel.LogX, sheet.AxisWidth));
        else if (panel.LogX)
            Add(axis, Ticks.OfPowers(Values(panel, "x")));
        return axis;
    }

    /// <summary>The vertical axis of the panel with this number.</summary>
    public static Dictionary<string, object> Vertical(Sheet sheet, int index)
    {
        var (panel, place) = (sheet.Panels[index], sheet.Places[index]);
        int[] same = [.. Enumerable.Range(0, sheet.Panels.Count).Where(i => i == index || ShareRange(sheet.Panels[i], panel))];
        var named = sheet.NamedAtLeft(index);
        var axis = AxisOf(named ? "" : panel.YAxis, panel.LogY, place.Bottom, place.Top, "x" + Suffix(index));
        if (same[0] < index)
            axis["matches"] = "y" + Suffix(same[0]);
        if (panel.LogY)
            Add(axis, Ticks.OfPowers(same.SelectMany(i => Values(sheet.Panels[i], "y"))));
        if (panel.TopDown)
            axis["autorange"] = "reversed";
        if (panel.RowNames is { } names)
            Add(axis, Rows(names, named));
        return axis;
    }

    static bool ShareRange(Panel a, Panel b) =>
        a.SameY && b.SameY && a.YAxis == b.YAxis && a.YAxis.Length > 0 && a.LogY == b.LogY;

    static Dictionary<string, object> Rows(IReadOnlyList<string> names, bool named) => new()
    {
        ["tickmode"] = "array",
        ["tickvals"] = Enumerable.Range(0, names.Count).Select(i => (double)i).ToArray(),
        ["ticktext"] = names,
        ["showticklabels"] = !named,
        ["range"] = new[] { names.Count - 0.5, -0.5 }, // the first at the top
        ["zeroline"] = false,
    };

    static double[] Values(Panel panel, string attribute) =>
        [.. panel.Traces.Select(trace => trace.GetValueOrDefault(attribute)).OfType<double[]>().SelectMany(numbers => numbers)];

    static Dictionary<string, object> AxisOf(string title, bool log, double from, double to, string anchor)
    {
        var axis = Theme.Axis(title);
        axis["domain"] = new[] { from, to };
        axis["anchor"] = anchor;
        if (log)
            axis["type"] = "log";
        return axis;
    }

    static void Add(Dictionary<string, object> axis, Dictionary<string, object> more)
    {
        foreach (var (attribute, value) in more)
            axis[attribute] = value;
    }
}
