using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': does the noise put the shift back? Only if what a layer gets jumps from step to step as far
/// as without batch norm.
/// </summary>
static class WhyShiftJumps
{
    public const string Name = "why-shift-jumps", Plain = "plain with He's start", BatchNorm = "batch norm with He's start", ShiftBack = WhySuspects.ShiftBack;
    public const string Jump = "jump of a unit's mean in its deviations";

    const int Steps = 30;

    public static Study Make()
    {
        Side Side(string name, Experiment experiment) => new MeasuredSide(name,
            $"{experiment.Settings()}; start He; learning rate {WhyStart.PlainRate}; the means over the batch of what the last activation gets, after each of the first {Steps} steps; mean over the units of the mean jump over the mean deviation",
            seed => [Measure(experiment with { Init = WeightInit.He, LearningRate = WhyStart.PlainRate }, seed)]);
        return new Study
        {
            Name = Name,
            Question = $"{WhyTask.Text}: how far does the mean of a unit's input jump from step to step in the tenth hidden layer, all at one start and rate on purpose?",
            Metrics = [Jump],
            Sides = [Side(Plain, WhyTask.Plain), Side(BatchNorm, WhyTask.BatchNorm), Side(ShiftBack, WhySuspects.WithShiftBack)],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["compared"] = results => Say.Times(results.Ratio(ShiftBack, Plain, Jump), "times as far", "times less far"),
            },
        };
    }

    /// <summary>Whether the noise makes jumps at least as large as those without batch norm.</summary>
    public static bool IsBack => !EvidenceFile.Read(Name).Ratio(ShiftBack, Plain, Jump).Below;

    static double Measure(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        var units = experiment.Network.Widths[^1];
        double[][] means = new double[Steps][], deviations = new double[Steps][];
        for (var step = 0; step < Steps; step++)
        {
            training.Step();
            var inputs = Signals.Of(training)[^1].Inputs;
            double[][] byUnit = [.. Enumerable.Range(0, units).Select(unit => Enumerable.Range(0, inputs.Count / units).Select(i => (double)inputs[i * units + unit]).ToArray())];
            means[step] = [.. byUnit.Select(values => values.Average())];
            deviations[step] = [.. byUnit.Zip(means[step], (values, mean) => Math.Sqrt(values.Average(value => (value - mean) * (value - mean))))];
        }
        return Enumerable.Range(0, units).Average(unit =>
            Enumerable.Range(1, Steps - 1).Average(step => Math.Abs(means[step][unit] - means[step - 1][unit])) / (deviations.Average(at => at[unit]) + 1e-12));
    }
}
