using BnNotebooks.Plotting;

namespace BnNotebooks.Experiments;

/// <summary>Runs as panels, for <see cref="Plot.Show"/> and <see cref="Plot.Grid"/>; the title is the caller's finding.</summary>
public static partial class RunPanels
{
    const string StepAxis = "training step";

    /// <summary>
    /// A metric over the training steps: the mean over the seeds, and its 95 % interval as an area. Behind them stand the runs
    /// themselves as thin lines, if they are so few that each can be seen.
    /// </summary>
    /// <param name="metric">What was measured.</param>
    /// <param name="groups">The groups, a line each.</param>
    public static Panel Curves(Metric metric, IEnumerable<RunGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(groups);
        RunGroup[] all = [.. groups];
        var means = Panels.Bands(StepAxis, metric.Name, [.. all.Select(group =>
        {
            var curve = group.Curve(metric);
            return Series(group.Name, [.. curve.Select(point => point.Step)], [.. curve.Select(point => point.Value)], metric.Lowest, metric.Highest);
        })]);
        return means with { Traces = [.. all.SelectMany((group, i) => SingleRuns(metric, group, i)), .. means.Traces] };
    }

    /// <summary>A number at the end of each run, over what was swept: the mean over the seeds, and its 95 % interval.</summary>
    /// <param name="xAxis">What was swept, with its unit. For factors, show the panel with <c>with { LogX = true }</c>.</param>
    /// <param name="yAxis">What the number is, with its unit.</param>
    /// <param name="sweep">The runs.</param>
    /// <param name="score">For example <c>run => run.TestAccuracy</c>.</param>
    /// <param name="lowest">The lowest value that the number can have: the area ends there.</param>
    /// <param name="highest">The highest one, for example 1 for an accuracy.</param>
    public static Panel Sweep(string xAxis, string yAxis, Sweep sweep, Func<Run, double> score,
        double lowest = double.NegativeInfinity, double highest = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return Panels.Bands(xAxis, yAxis, [.. sweep.Names.Select((name, line) =>
            Series(name, [.. sweep.Values], [.. sweep[line].Select(group => group.Interval(score))], lowest, highest))]);
    }

    /// <summary>A number at the end of each run as bars with 95 % intervals.</summary>
    /// <param name="xAxis">What tells the groups apart.</param>
    /// <param name="yAxis">What the number is, with its unit.</param>
    /// <param name="groups">The groups, a bar each.</param>
    /// <param name="score">For example <c>run => run.TestAccuracy</c>.</param>
    public static Panel Bars(string xAxis, string yAxis, IEnumerable<RunGroup> groups, Func<Run, double> score)
    {
        ArgumentNullException.ThrowIfNull(groups);
        RunGroup[] all = [.. groups];
        Interval[] intervals = [.. all.Select(group => group.Interval(score))];
        double[] errors = [.. intervals.Select(interval => interval.HalfWidth)];
        return Panels.Bars(xAxis, yAxis, [.. all.Select(group => group.Name)],
            (yAxis, [.. intervals.Select(interval => interval.Mean)], errors.All(double.IsFinite) ? errors : null));
    }

    /// <summary>
    /// The inputs of one unit's activation function over time: the median, and from the 15th to the 85th percentile as a range,
    /// of single runs with <see cref="Watch.Activations"/>.
    /// </summary>
    /// <param name="layer">The hidden layer, from 1.</param>
    /// <param name="runs">A name and a run, a line each.</param>
    public static Panel Quantiles(int layer, params (string Name, Run Run)[] runs) =>
        Panels.Ranges(StepAxis, "input of a unit (median)", "15th to 85th percentile", [.. runs.Select(entry =>
        {
            ActivationRecord[] records = [.. entry.Run.Activations.Where(record => record.Layer == layer)];
            if (records.Length == 0)
                throw new ArgumentException(
                    $"The run \"{entry.Name}\" recorded no activations of layer {layer}. Train it with Watch = Watch.Activations; it has {entry.Run.Experiment.Network.Widths.Count} hidden layers.", nameof(runs));
            double[] Of(Func<ActivationRecord, double> value) => [.. records.Select(value)];
            return (entry.Name, Of(r => r.Step), Of(r => r.Median), Of(r => r.Low), Of(r => r.High));
        })]);

    /// <summary>Something by layer, on a logarithmic axis: the geometric mean over the seeds, and its 95 % interval.</summary>
    /// <param name="yAxis">What it is, with its unit.</param>
    /// <param name="of">What to take of a layer, for example <c>layer => layer.OutputDeviation</c>.</param>
    /// <param name="groups">A name and what <see cref="Signals.Follow"/> gave, a line each.</param>
    public static Panel PerLayer(
        string yAxis, Func<LayerSignal, double> of, params (string Name, IReadOnlyList<IReadOnlyList<LayerSignal>> BySeed)[] groups) =>
        Panels.Bands("hidden layer", yAxis, [.. groups.Select(group =>
        {
            Interval[] logs = [.. group.BySeed[0].Select((_, i) => Interval.Of(group.BySeed.Select(layers => Math.Log(of(layers[i])))))];
            double[] Of(Func<Interval, double> value) => [.. logs.Select(log => Math.Exp(value(log)))];
            double[] layers = [.. group.BySeed[0].Select(layer => (double)layer.Layer)];
            return (group.Name, layers, Of(i => i.Mean), Of(i => i.Low), Of(i => i.High));
        })]) with
        { LogY = true };

    /// <summary>The gradient norm of every layer's weight over the training steps of one run with <see cref="Watch.Gradients"/>.</summary>
    /// <param name="run">The run.</param>
    public static Panel Gradients(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Panels.Lines(StepAxis, "gradient norm ‖∂ℓ/∂W‖", [.. run.Gradients.GroupBy(record => record.Layer).Select(layer =>
            ($"layer {layer.Key}", layer.Select(record => (double)record.Step).ToArray(), layer.Select(record => record.Norm).ToArray()))])
            with
        { LogY = true };
    }

    /// <summary>
    /// What was found along the gradient during training, from the least to the most, each the mean over the seeds; the line is
    /// the middle.
    /// </summary>
    /// <param name="yAxis">What it is, with its unit.</param>
    /// <param name="range">
    /// What to take, for example <c>p => (p.LowestLoss, p.HighestLoss)</c>, <c>p => (p.SmallestChange, p.LargestChange)</c>, or
    /// twice the same, <c>p => (p.Smoothness, p.Smoothness)</c>.
    /// </param>
    /// <param name="groups">A name and what <see cref="Landscape.Along"/> gave, a line each.</param>
    public static Panel Around(string yAxis, Func<LandscapePoint, (double Low, double High)> range,
        params (string Name, IReadOnlyList<IReadOnlyList<LandscapePoint>> BySeed)[] groups) =>
        Panels.Ranges(StepAxis, yAxis, "from lowest to highest", [.. groups.Select(group =>
        {
            double[] Of(Func<LandscapePoint, double> value) =>
                [.. group.BySeed[0].Select((_, i) => group.BySeed.Average(points => value(points[i])))];
            double[] low = Of(p => range(p).Low), high = Of(p => range(p).High), middle = [.. low.Zip(high, (l, h) => (l + h) / 2)];
            return (group.Name, Of(p => p.Step), middle, low, high);
        })]);

    static (string, double[], double[], double[], double[]) Series(
        string name, double[] x, Interval[] values, double lowest, double highest) =>
        (name, x, [.. values.Select(value => value.Mean)],
            [.. values.Select(value => Math.Max(value.Low, lowest))], [.. values.Select(value => Math.Min(value.High, highest))]);
}
