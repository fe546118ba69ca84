namespace BnNotebooks.Evidence;

/// <summary>One side of a comparison: what is run for every seed.</summary>
/// <param name="Name">What it is called in tables, for example <c>batch norm</c>. Names of one study differ.</param>
public abstract record Side(string Name)
{
    /// <summary>All that the side's numbers depend on, in words: where it changes, earlier results no longer count.</summary>
    internal abstract string Settings { get; }

    /// <summary>Chooses what is to be chosen.</summary>
    internal abstract Choice Choose(Journal journal, int workers);

    /// <summary>Runs one seed.</summary>
    /// <returns>The study's metrics in their order, and for each test sample whether it was put in the right class.</returns>
    internal abstract Outcome Run(Choice choice, int seed);

    /// <summary>Training steps to be timed, or null where the side trains nothing.</summary>
    internal virtual TimedSteps? Steps(Choice choice) => null;
}

/// <summary>What was chosen for a side before it was compared, and what else was tried.</summary>
/// <param name="Start">How its weights start, or null where there was nothing to choose.</param>
/// <param name="Rate">Its learning rate.</param>
/// <param name="Tried">Everything tried, with the mean score over the tuning seeds.</param>
public sealed record Choice(string? Start, double Rate, IReadOnlyList<Trial> Tried)
{
    internal static Choice Nothing { get; } = new(null, double.NaN, []);
}

/// <summary>One pair of start and learning rate that was tried.</summary>
/// <param name="Start">How the weights started.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Score">The mean score on the validation samples; null where a run failed.</param>
public sealed record Trial(string Start, double Rate, double? Score = null);

/// <summary>A training whose steps are timed.</summary>
/// <param name="Step">Makes one.</param>
/// <param name="Of">What to free at the end.</param>
sealed record TimedSteps(Action Step, IDisposable Of);

/// <summary>What one run gave.</summary>
/// <param name="Values">The study's metrics in their order.</param>
/// <param name="Right">For each test sample whether it was put in the right class, or null where that says nothing.</param>
sealed record Outcome(IReadOnlyList<double> Values, IReadOnlyList<bool>? Right = null);
