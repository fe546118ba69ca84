namespace BnNotebooks.Experiments;

/// <summary>Trains one experiment for each value of something, for one line or several.</summary>
public sealed class Sweep
{
    readonly RunGroup[][] points;

    Sweep(double[] values, string[] names, RunGroup[][] points) => (Values, Names, this.points) = (values, names, points);

    /// <summary>The values that were tried.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The names of the lines.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The runs of a line, a group for each value.</summary>
    /// <param name="line">Its number, from 0.</param>
    public IReadOnlyList<RunGroup> this[int line] => points[line];

    /// <summary>Trains each line with each value and the seeds 1, 2, 3, …, all runs side by side.</summary>
    /// <param name="values">What to try, for example learning rates.</param>
    /// <param name="seeds">How many runs of each.</param>
    /// <param name="lines">A name, and the experiment for a value: <c>rate => experiment with { LearningRate = rate }</c>.</param>
    /// <exception cref="ArgumentException">There is no value or line, or an experiment asks for something that does not go together.</exception>
    public static Sweep Over(IReadOnlyList<double> values, int seeds, params (string Name, Func<double, Experiment> With)[] lines)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || lines.Length == 0)
            throw new ArgumentException("There is nothing to sweep; give at least one value and one line.", nameof(values));
        var groups = Compare.Run(seeds, [.. from line in lines from value in values select ($"{line.Name}, {value}", line.With(value))]);
        return new Sweep([.. values], [.. lines.Select(line => line.Name)], [.. groups.Chunk(values.Count)]);
    }

    /// <summary>The largest value with which every run of a line succeeded, or NaN if there is none.</summary>
    /// <param name="line">Its number, from 0.</param>
    /// <param name="succeeded">For example <c>run => run.TestAccuracy > 0.9</c>.</param>
    public double LargestWhere(int line, Func<Run, bool> succeeded) => Values
        .Where((_, i) => points[line][i].Runs.All(succeeded)).DefaultIfEmpty(double.NaN).Max();
}
