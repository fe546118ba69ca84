namespace BnNotebooks.Experiments;

/// <summary>
/// The means of one layer's units, step by step, in training mode, where a <see cref="NormNoise"/> is at work: how far what a
/// layer gets jumps from one training step to the next.
/// </summary>
public sealed class UnitMeans
{
    readonly IReadOnlyList<LayerSignal> looks;

    UnitMeans(IReadOnlyList<double> steps, IReadOnlyList<LayerSignal> looks) => (Steps, this.looks) = (steps, looks);

    /// <summary>After how many training steps each look was taken.</summary>
    public IReadOnlyList<double> Steps { get; }

    /// <summary>The mean over all units of how far a unit's mean jumps from look to look, in the unit's own standard deviations.</summary>
    public double Jump => Enumerable.Range(0, looks[0].UnitMeans.Count).Average(JumpOf);

    /// <summary>The unit whose jumps are the median of all units' jumps: one to draw.</summary>
    public int TypicalUnit => Enumerable.Range(0, looks[0].UnitMeans.Count).OrderBy(JumpOf).ElementAt(looks[0].UnitMeans.Count / 2);

    /// <summary>The last hidden layer's units, after every step from the first.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <param name="steps">How many steps.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together, or two steps are too few to jump.</exception>
    public static UnitMeans Along(Experiment experiment, int seed, int steps)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        using var training = experiment.Start(seed);
        var looks = new List<LayerSignal>();
        for (var step = 0; step < steps; step++)
        {
            training.Step();
            looks.Add(Signals.Of(training)[^1]);
        }
        return new UnitMeans([.. Enumerable.Range(1, steps).Select(step => (double)step)], looks);
    }

    /// <summary>The mean of one unit at each look, in the unit's own standard deviations (their mean over the looks).</summary>
    /// <param name="unit">Its number, from 0.</param>
    public double[] Of(int unit) => [.. looks.Select(look => look.UnitMeans[unit] / DeviationOf(unit))];

    double JumpOf(int unit)
    {
        var means = Of(unit);
        return means.Zip(means.Skip(1), (before, after) => Math.Abs(after - before)).Average();
    }

    double DeviationOf(int unit) => looks.Average(look => look.UnitDeviations[unit]);
}
