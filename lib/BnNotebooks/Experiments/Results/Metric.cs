namespace BnNotebooks.Experiments;

/// <summary>Something that is measured again and again during a run.</summary>
/// <param name="Name">What an axis says: name and unit.</param>
/// <param name="Points">The steps and values of a run.</param>
public sealed record Metric(string Name, Func<Run, IReadOnlyList<(double Step, double Value)>> Points)
{
    /// <summary>The lowest value there can be.</summary>
    public double Lowest { get; init; } = double.NegativeInfinity;

    /// <summary>The highest value there can be.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    const int LossPoints = 100; // of a curve of single batches' losses, which would be noise and a large file

    /// <summary>The accuracy on the test data.</summary>
    public static Metric TestAccuracy { get; } =
        new("test accuracy", run => [.. run.Tests.Select(test => ((double)test.Step, test.Accuracy))]) { Lowest = 0, Highest = 1 };

    /// <summary>The loss on the test data.</summary>
    public static Metric TestLoss { get; } =
        Loss("test loss", run => [.. run.Tests.Select(test => ((double)test.Step, test.Loss))]);

    /// <summary>The loss of the batches that were trained on, each point a mean over a hundredth of the run.</summary>
    public static Metric TrainingLoss { get; } = Loss("training loss", Smoothed);

    static Metric Loss(string name, Func<Run, IReadOnlyList<(double Step, double Value)>> points) => new(name, points) { Lowest = 0 };

    static IReadOnlyList<(double Step, double Value)> Smoothed(Run run)
    {
        var width = Math.Max(1, run.Losses.Count / LossPoints);
        return [.. run.Losses.Chunk(width).Select((losses, i) => (i * width + (losses.Length + 1) / 2.0, losses.Average()))];
    }
}
