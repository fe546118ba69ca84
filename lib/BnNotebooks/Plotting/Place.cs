namespace BnNotebooks.Plotting;

/// <summary>Where a panel stands, in fractions of the chart's area: 0 is left and bottom, 1 right and top.</summary>
readonly record struct Place(double Left, double Right, double Bottom, double Top)
{
    const double Gap = 0.14; // room for the vertical axis' title and numbers
    const double WideGap = 0.24; // and for a colour bar
    const double RowGap = 0.28; // for the horizontal axis' title and the heading below it, in a chart of two rows

    /// <summary>The places of panels, row by row from the top.</summary>
    public static Place[] Grid(int panels, int columns, bool wideGap)
    {
        columns = Math.Min(columns, panels);
        var rows = (panels + columns - 1) / columns;
        double gap = wideGap ? WideGap : Gap, rowGap = RowGap * 2 / (rows + 1);
        double width = (1 - gap * (columns - 1)) / columns, height = (1 - rowGap * (rows - 1)) / rows;
        return [.. Enumerable.Range(0, panels).Select(i =>
        {
            double left = i % columns * (width + gap), top = 1 - i / columns * (height + rowGap);
            return new Place(left, left + width, top - height, top);
        })];
    }
}
