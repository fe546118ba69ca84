namespace BnNotebooks.Plotting;

/// <summary>
/// How the panels of a chart are laid out: lengths in pixels, and all text in lines that fit their place. A chart is drawn 760
/// pixels wide and wider, but also on a telephone of 400, where pages leave 350 for one panel. Several side by side have at least
/// 600; on narrower pages they stand below each other. What fits there fits everywhere.
/// </summary>
sealed class Sheet
{
    public const int Width = 760;
    const int Line = 17, TitleLine = 22, LegendLine = 20; // heights
    const int AloneHeight = 280, RowHeight = 190, BetweenRows = 80, NamesBelow = 35;
    const int TitleWidth = 85, AloneYWidth = 36, RowYWidth = 27, BesideNames = 24; // characters
    const double EntryWidth = 45, CharacterWidth = 7;

    readonly Panel[] panels;
    readonly int headingLines, xLines;

    public Sheet(string title, int columns, Panel[] panels)
    {
        Columns = Math.Min(columns, panels.Length);
        Rows = (panels.Length + Columns - 1) / Columns;
        Title = Wrapped.At(TitleWidth, title);
        var (axis, heading) = Columns switch { 1 => (40, 30), 2 => (29, 26), _ => (18, 15) };
        this.panels = [.. panels.Select(panel => panel with
        {
            XAxis = Wrapped.At(panel.RowNames is null ? axis : Math.Min(axis, BesideNames), panel.XAxis),
            YAxis = Wrapped.At(Rows == 1 ? AloneYWidth : RowYWidth, panel.YAxis),
            Heading = panel.Heading is { } text ? Wrapped.At(heading, text) : null,
        })];
        headingLines = this.panels.Max(panel => panel.Heading is { } text ? Wrapped.LinesOf(text) : 0);
        xLines = this.panels.Max(panel => Wrapped.LinesOf(panel.XAxis));

        var area = Rows * PanelHeight + (Rows - 1) * Between;
        Places = Place.Grid(panels.Length, Columns, Gap, (double)Between / area);
        LegendNames = [.. panels.SelectMany(panel => panel.Traces).Where(trace => trace.ContainsKey("name")).Select(trace => (string)trace["name"]).Distinct()];
        Height = Top + area + Bottom + (ShowsLegend ? LegendLine * LegendLines : 0);
    }

    public string Title { get; }
    public int Columns { get; }
    public int Rows { get; }
    public Place[] Places { get; }
    public int Height { get; }
    public IReadOnlyList<Panel> Panels => panels;
    public int Top => 30 + TitleLine * Wrapped.LinesOf(Title) + (headingLines > 0 ? 6 + Line * headingLines : 0);
    public int Bottom => 34 + Line * xLines;
    public bool ShowsLegend => panels.Any(panel => panel.Traces.Count(trace => trace.ContainsKey("name")) > 1);

    /// <summary>How long a panel's horizontal axis is at the least.</summary>
    public double AxisWidth => Columns switch { 1 => 260, 2 => 200, _ => 115 };

    /// <summary>Whether the panel at the left of this one in its row says the same at its vertical axis.</summary>
    public bool NamedAtLeft(int panel) => panel % Columns > 0 && panels[panel].YAxis == panels[panel - 1].YAxis
        && (panels[panel].RowNames ?? []).SequenceEqual(panels[panel - 1].RowNames ?? []);

    /// <summary>How many pixels there are between two rows.</summary>
    public int Between => BetweenRows + Line * (xLines - 1 + headingLines) + (panels.Any(HasNamesBelow) ? NamesBelow : 0);

    IReadOnlyList<string> LegendNames { get; }

    int LegendLines => (int)Math.Ceiling(LegendNames.Sum(name => EntryWidth + CharacterWidth * Wrapped.Length(name)) / Width);

    int PanelHeight => panels.Max(panel => panel.RowNames is { } names
        ? names.Sum(name => 13 + Line * Wrapped.LinesOf(name))
        : Rows == 1 ? AloneHeight : RowHeight);

    /// <summary>Between columns there is room for what stands left of the second one, or for the colour bar of the first.</summary>
    double Gap
    {
        get
        {
            if (panels.Any(panel => panel.Traces.Any(trace => trace.ContainsKey("colorbar"))))
                return 0.24;
            int[] named = [.. Enumerable.Range(0, panels.Length).Where(i => i % Columns > 0 && !NamedAtLeft(i))];
            return named.Any(i => panels[i].RowNames is not null) ? 0.3
                : named.Any(i => Wrapped.LinesOf(panels[i].YAxis) > 1) ? 0.17
                : 0.14;
        }
    }

    static bool HasNamesBelow(Panel panel) => panel.Traces.Any(trace => trace.GetValueOrDefault("x") is string[]);
}
