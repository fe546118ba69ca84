namespace BnNotebooks.Plotting;

/// <summary>A row of <see cref="Panels.Intervals"/>: a value and its 95 % interval.</summary>
/// <param name="Name">What it is the value of; stands at the left.</param>
/// <param name="Value">The value, in the unit of the horizontal axis; there is no dot where it is not finite.</param>
/// <param name="Low">The interval's lower end; there is no interval where an end is not finite.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record IntervalRow(string Name, double Value, double Low, double High)
{
    /// <summary>A heading above this row and those that follow with the same one, or null.</summary>
    public string? Group { get; init; }
}
