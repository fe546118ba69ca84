namespace BnNotebooks.Evidence;

/// <summary>A side for which nothing is chosen: a measurement that a seed decides.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="What">All that its numbers depend on, in words. Change it when the measurement changes: earlier results then no longer count.</param>
/// <param name="Measure">Gives the study's metrics in their order, for a seed.</param>
public sealed record MeasuredSide(string Name, string What, Func<int, IReadOnlyList<double>> Measure) : Side(Name)
{
    internal override string Settings => What;

    internal override Choice Choose(Journal journal, int workers) => Choice.Nothing;

    internal override Outcome Run(Choice choice, int seed) => new(Measure(seed));
}
