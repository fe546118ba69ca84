namespace BnNotebooks.Speed;

/// <summary>How long one contestant of a <see cref="Race"/> took, round by round.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Milliseconds">The time of each round, in ms, in the order in which they ran.</param>
public sealed record Timing(string Name, IReadOnlyList<double> Milliseconds)
{
    /// <summary>How many pages the system had to hand over in each round; empty where nobody counted them.</summary>
    public IReadOnlyList<double> PageFaults { get; init; } = [];

    /// <summary>Page faults of the middle round; no number where nobody counted them.</summary>
    public double MedianPageFaults => PageFaults.Count == 0 ? double.NaN : Quantiles.Median(PageFaults);

    /// <summary>The middle one, in ms. A mean would follow the few rounds in which something else had the processor.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The time that a share <paramref name="q"/> of the rounds stays below, in ms, linear between neighbours.</summary>
    public double Quantile(double q) => Quantiles.Of(Milliseconds, q);

    /// <summary>
    /// This time divided by another's, round by round. What slows the machine down for a while slows both, so the ratio of
    /// two neighbours in time is steadier than either.
    /// </summary>
    public Timing Over(Timing other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Timing($"{Name} / {other.Name}", [.. Milliseconds.Zip(other.Milliseconds, (mine, theirs) => mine / theirs)]);
    }
}
