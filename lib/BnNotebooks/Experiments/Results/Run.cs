using Microsoft.Data.Analysis;

namespace BnNotebooks.Experiments;

/// <summary>What one training run left behind.</summary>
public sealed class Run
{
    internal Run(Experiment experiment, int seed) => (Experiment, Seed) = (experiment, seed);

    /// <summary>What was trained.</summary>
    public Experiment Experiment { get; }

    /// <summary>What the random numbers came from.</summary>
    public int Seed { get; }

    /// <summary>The loss of each step's batch before the step; NaN after a run that diverged was stopped.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>The looks at the test data, the first before any training.</summary>
    public required IReadOnlyList<Evaluation> Tests { get; init; }

    /// <summary>The looks at the training data, if <see cref="Experiment.EvaluateTraining"/> asks for them.</summary>
    public required IReadOnlyList<Evaluation> TrainingTests { get; init; }

    /// <summary>What <see cref="Watch.Activations"/> recorded.</summary>
    public required IReadOnlyList<ActivationRecord> Activations { get; init; }

    /// <summary>What <see cref="Watch.Gradients"/> recorded.</summary>
    public required IReadOnlyList<GradientRecord> Gradients { get; init; }

    /// <summary>Whether the loss became infinite or not a number, which ends a run.</summary>
    public required bool Diverged { get; init; }

    /// <summary>How long the steps took, without the looks in between.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>For each test sample whether it was in the right class at the end; null where numbers are predicted.</summary>
    public required IReadOnlyList<bool>? Right { get; init; }

    /// <summary>The accuracy on the test data at the end, from 0 to 1; NaN where numbers are predicted.</summary>
    public double TestAccuracy => Tests[^1].Accuracy;

    /// <summary>The loss on the test data at the end.</summary>
    public double TestLoss => Tests[^1].Loss;

    /// <summary>The best accuracy on the test data at any look.</summary>
    public double BestTestAccuracy => Tests.Max(test => test.Accuracy);

    /// <summary>The mean training loss of the last twentieth of the steps.</summary>
    public double FinalLoss => Losses.TakeLast(Math.Max(1, Losses.Count / 20)).Average();

    /// <summary>
    /// The number of steps at the first look that found this accuracy on the test data, or NaN if none did. How exact that is,
    /// <see cref="Experiment.EvaluateEvery"/> decides.
    /// </summary>
    /// <param name="accuracy">From 0 to 1.</param>
    public double StepsTo(double accuracy) =>
        Tests.Where(test => test.Accuracy >= accuracy).Select(test => (double)test.Step).FirstOrDefault(double.NaN);

    /// <summary>
    /// The number of steps until the mean loss of ten training batches in a row was at most this, or NaN if it never was. One
    /// batch alone may be an easy one.
    /// </summary>
    /// <param name="loss">In nats, for classes.</param>
    public double StepsToLoss(double loss)
    {
        const int InARow = 10;
        for (var last = InARow; last <= Losses.Count; last++)
            if (Losses.Skip(last - InARow).Take(InARow).Average() <= loss)
                return last;
        return double.NaN;
    }

    /// <summary>
    /// How far the median of a unit's input wanders while the network learns, from its lowest to its highest place, in units of
    /// its own spread (from the 15th to the 85th percentile, on average over the looks): the mean over the hidden layers, of the
    /// unit that <see cref="Experiment.WatchedUnit"/> names.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run recorded no activations.</exception>
    public double Wander() => Activations.Count > 0
        ? Activations.GroupBy(record => record.Layer).Average(layer =>
            (layer.Max(record => record.Median) - layer.Min(record => record.Median)) / layer.Average(record => record.High - record.Low))
        : throw new InvalidOperationException("The run recorded no activations. Train it with Watch = Watch.Activations.");

    /// <summary>The looks as a table: step, test loss and accuracy, and those of the training data if they were asked for.</summary>
    public DataFrame ToDataFrame()
    {
        List<DataFrameColumn> columns =
        [
            Column("step", Tests.Select(test => (double)test.Step)),
            Column("test loss", Tests.Select(test => test.Loss)),
            Column("test accuracy", Tests.Select(test => test.Accuracy)),
        ];
        if (TrainingTests.Count > 0)
        {
            columns.Add(Column("training loss", TrainingTests.Select(test => test.Loss)));
            columns.Add(Column("training accuracy", TrainingTests.Select(test => test.Accuracy)));
        }
        return new DataFrame(columns);
    }

    static DoubleDataFrameColumn Column(string name, IEnumerable<double> values) => new(name, values);
}
