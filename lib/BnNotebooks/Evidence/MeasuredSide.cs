using System.Globalization;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>A side for which nothing is chosen: a measurement that a seed decides.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="What">All that its numbers depend on, in words. Change it when the measurement changes: earlier results then no longer count.</param>
/// <param name="Measure">Gives the study's metrics in their order, for a seed.</param>
public sealed record MeasuredSide(string Name, string What, Func<int, IReadOnlyList<double>> Measure) : Side(Name)
{
    internal override string Settings => What;

    /// <summary>A measurement on a network whose start and learning rate are given.</summary>
    /// <param name="name">What the side is called.</param>
    /// <param name="experiment">What is trained, with its start and rate.</param>
    /// <param name="how">The rest of what the numbers depend on, in words.</param>
    /// <param name="measure">Gives the study's metrics in their order, for a seed.</param>
    internal static MeasuredSide On(string name, Experiment experiment, string how, Func<int, IReadOnlyList<double>> measure) => new(name,
        string.Create(CultureInfo.InvariantCulture, $"{experiment.Settings()}; start {experiment.Init}; learning rate {experiment.LearningRate}; {how}"), measure);

    internal override Choice Choose(Journal journal, int workers) => Choice.Nothing;

    internal override Outcome Run(Choice choice, int seed) => new(Measure(seed));
}
