namespace BnNotebooks.Plotting;

/// <summary>Where a panel stands, in fractions of the chart's area: 0 is left and bottom, 1 right and top.</summary>
readonly record struct Place(double Left, double Right, double Bottom, double Top)
{
    /// <summary>The places of panels, row by row from the top.</summary>
    /// <param name="panels">How many there are.</param>
    /// <param name="columns">How many stand in one row.</param>
    /// <param name="gap">Between two columns.</param>
    /// <param name="rowGap">Between two rows.</param>
    public static Place[] Grid(int panels, int columns, double gap, double rowGap)
    {
        var rows = (panels + columns - 1) / columns;
        double width = (1 - gap * (columns - 1)) / columns, height = (1 - rowGap * (rows - 1)) / rows;
        return [.. Enumerable.Range(0, panels).Select(i =>
        {
            double left = i % columns * (width + gap), top = 1 - i / columns * (height + rowGap);
            return new Place(left, left + width, top - height, top);
        })];
    }
}
