using System.Globalization;

namespace BnNotebooks.Experiments;

/// <summary>
/// A training run in words: what data, what network, what normalization and where, how fast and how long. A record, so that
/// <c>with</c> changes one thing and leaves the rest.
/// </summary>
/// <remarks>
/// <para>A comparison in a notebook:</para>
/// <code>
/// var without = new Experiment
/// {
///     Data = DataSets.Digits,
///     Network = new Perceptron(100, 100, 100) { Activation = Activation.Sigmoid },
///     LearningRate = 0.5, BatchSize = 60, Steps = 600,
/// };
/// var with = without with { Normalization = Norm.Batch };
/// var runs = Compare.Run(seeds: 3, ("without", without), ("with batch norm", with));
/// runs
/// </code>
/// <para>shows a table. Charts are panels, as everywhere in the course, and the title is the notebook's to find:</para>
/// <code>
/// Plot.Show("Batch norm reaches 90 % first", RunPanels.Curves(Metric.TestAccuracy, runs))
/// </code>
/// <para>Any number of a run becomes a mean with a 95 % interval over the seeds, also as a difference between two groups (run
/// by run, since equal seeds have equal first weights and batches):</para>
/// <code>
/// runs[1].Interval(run => run.StepsTo(0.9))
/// runs[1].Minus(runs[0], run => run.TestAccuracy)
/// </code>
/// <para>A sweep trains for every value of something:</para>
/// <code>
/// double[] rates = [0.01, 0.1, 1, 10];
/// var sweep = Sweep.Over(rates, seeds: 3,
///     ("without", rate => without with { LearningRate = rate }),
///     ("with", rate => with with { LearningRate = rate }));
/// Plot.Show("…", RunPanels.Sweep("learning rate", "test accuracy", sweep, run => run.TestAccuracy) with { LogX = true })
/// </code>
/// <para>What goes on inside: <see cref="Watch"/> records activations or gradients along the way, <see cref="Signals"/> follows
/// one batch through all layers, <see cref="Landscape"/> looks around on the loss surface, and <see cref="Start"/> gives the
/// network in training itself, to stop, look at and go on.</para>
/// <para>Seeds run side by side, one thread each, and give the same numbers as one after the other: the first weights, the
/// batches, dropout and noise come from generators of each run's own. Equal seeds start with equal weights and see equal
/// batches whatever the normalization.</para>
/// </remarks>
public sealed record Experiment
{
    /// <summary>What to learn; see <see cref="DataSets"/>.</summary>
    public required DataSet Data { get; init; }

    /// <summary>The network: a <see cref="Perceptron"/> or a <see cref="Cnn"/>.</summary>
    public Network Network { get; init; } = new Perceptron(100, 100, 100);

    /// <summary>The normalization of the hidden layers.</summary>
    public Norm Normalization { get; init; } = Norm.None;

    /// <summary>Whether it stands before or after the activation.</summary>
    public Placement Placement { get; init; } = Placement.BeforeActivation;

    /// <summary>The numbers of the hidden layers, from 1, that are normalized; null means all.</summary>
    public IReadOnlyCollection<int>? NormalizedLayers { get; init; }

    /// <summary>How the parameters follow their gradients.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd;

    /// <summary>η, the learning rate.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>
    /// The factor by which the learning rate of the hidden layers' weights and biases grows with every step. Behind them a batch
    /// norm makes the scale of the weights drop out; γ, β and the output layer keep their rate.
    /// </summary>
    public double LearningRateGrowth { get; init; } = 1;

    /// <summary>The samples of a training step.</summary>
    public int BatchSize { get; init; } = 60;

    /// <summary>
    /// Over how many samples batch statistics are taken in training; null means over the batch. The loss is that of the first
    /// <see cref="BatchSize"/> of them, so that with more the statistics are less noisy, and the rest of the noise is the same.
    /// </summary>
    public int? StatisticsOver { get; init; }

    /// <summary>How many steps to train.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>How the weights start.</summary>
    public WeightInit Init { get; init; } = WeightInit.PyTorch;

    /// <summary>
    /// Whether a network without normalization starts as the same function as one with batch norm; see <see cref="Experiments.NormalizedStart"/>.
    /// </summary>
    public bool NormalizedStart { get; init; }

    /// <summary>What is learned; the rest stays as it started.</summary>
    public Trained Trains { get; init; } = Trained.All;

    /// <summary>What TorchSharp's batch norms normalize by once training has ended.</summary>
    public InUse InUse { get; init; } = InUse.RunningStatistics;

    /// <summary>
    /// The last steps, in which the batch norms already train by the running statistics that evaluation uses, and leave them as they
    /// are (Wu and Johnson 2021, section 3.3); 0 means none.
    /// </summary>
    public int FrozenSteps { get; init; }

    /// <summary>λ, the weight decay (L2 regularization); it draws γ and β too, as PyTorch's does.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The share of each hidden layer's outputs that dropout leaves out in training.</summary>
    public double Dropout { get; init; }

    /// <summary>After how many steps to look at the test data each time; null looks 20 times.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>By which statistics a batch norm normalizes at those looks: the running ones, as in use, or those of test batches.</summary>
    public Statistics LookBy { get; init; } = Statistics.Running;

    /// <summary>Whether to look at the training data then too (as much of it as there is test data), in evaluation mode.</summary>
    public bool EvaluateTraining { get; init; }

    /// <summary>What to record inside the network at each look.</summary>
    public Watch Watch { get; init; }

    /// <summary>The unit (or channel) of each hidden layer whose inputs <see cref="Experiments.Watch.Activations"/> follows.</summary>
    public int WatchedUnit { get; init; }

    /// <summary>The steps that one pass over the training data takes; samples that fill no batch are left out.</summary>
    public int StepsPerEpoch => Data.Train.Count / BatchSize;

    /// <summary>The same experiment for a number of passes over the training data, whatever the batch size.</summary>
    /// <param name="epochs">How many, at least 1.</param>
    public Experiment ForEpochs(int epochs) => this with { Steps = StepsPerEpoch * epochs };

    /// <summary>Trains with the seeds 1, 2, 3, …, side by side.</summary>
    /// <param name="seeds">How many runs.</param>
    /// <returns>The runs in the order of their seeds.</returns>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public RunGroup Run(int seeds) => Compare.Run(seeds, (ToString(), this))[0];

    /// <summary>Builds the network with its first weights, ready to train step by step.</summary>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public Training Start(int seed = 1) => new(this, seed);

    /// <summary>A short description, for legends and tables.</summary>
    public override string ToString() =>
        $"{Data.Name}, {Network}, {Normalization}, {Optimizer} {LearningRate}, batches of {BatchSize}";

    /// <summary>All that a run's numbers depend on but start, learning rate and seed.</summary>
    internal string Settings() => string.Create(CultureInfo.InvariantCulture,
        $"{Data.Name} {Data.Fingerprint}; {Network}; norm {Normalization.Settings}{(Normalization == Norm.None ? "" : $", {Placement}, layers {(NormalizedLayers is { } some ? string.Join(" ", some) : "all")}")}; {Optimizer}, batches of {BatchSize}, {Steps} steps, looks every {LookEvery}, weight decay {WeightDecay}, dropout {Dropout}{Rarely()}");

    // What is seldom changed is named only where it is: evidence that was computed before it could be stays what it is.
    string Rarely() => string.Create(CultureInfo.InvariantCulture,
        $"{(LearningRateGrowth == 1 ? "" : $", hidden rate times {LearningRateGrowth} each step")}{(StatisticsOver is { } over ? $", statistics over {over}" : "")}{(NormalizedStart ? ", normalized start" : "")}{(Trains == Trained.All ? "" : $", trains {Trains}")}{(InUse == InUse.RunningStatistics ? "" : $", in use {InUse}")}{(FrozenSteps == 0 ? "" : $", frozen for the last {FrozenSteps}")}{(LookBy == Statistics.Running ? "" : ", looks by statistics of test batches")}");

    /// <summary>How often the run is looked at.</summary>
    internal int LookEvery => EvaluateEvery ?? Math.Max(1, Steps / 20);

    /// <summary>Says what does not go together, before anything is built.</summary>
    internal void Check()
    {
        Require(Steps >= 1, nameof(Steps), Steps, "at least 1");
        Require(BatchSize >= 1 && BatchSize <= Data.Train.Count, nameof(BatchSize), BatchSize, $"from 1 to the {Data.Train.Count} training samples");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "a positive number");
        Require(double.IsFinite(LearningRateGrowth) && LearningRateGrowth > 0, nameof(LearningRateGrowth), LearningRateGrowth, "a positive number");
        Require(StatisticsOver is null || (StatisticsOver >= BatchSize && StatisticsOver <= Data.Train.Count), nameof(StatisticsOver), StatisticsOver, $"null, or from the batch size, {BatchSize}, to the {Data.Train.Count} training samples");
        Require(!NormalizedStart || Normalization == Norm.None, nameof(NormalizedStart), NormalizedStart, "true only without a normalization, which would undo it");
        Require(Trains is > 0 and <= Trained.All && (Trains == Trained.All || Normalization.Type != Norm.Kind.ByHand), nameof(Trains), Trains, "some of HiddenWeights, Norms, Output, and all with layers that are written by hand");
        Require(Network is not (ResidualPerceptron or ResidualBlocks) || Normalization.Type != Norm.Kind.ByHand, nameof(Normalization), Normalization, "another than layers by hand in a residual network, since they cut libtorch's graph");
        Require(FrozenSteps >= 0 && FrozenSteps < Steps, nameof(FrozenSteps), FrozenSteps, $"from 0 to below the {Steps} steps");
        Require((InUse == InUse.RunningStatistics && FrozenSteps == 0) || Normalization.Type == Norm.Kind.Batch, nameof(Normalization), Normalization, $"{nameof(Norm.Batch)}, which alone has another state in use");
        Require(InUse != InUse.Expected || Network is Perceptron, nameof(InUse), InUse, "another for a CNN, where a sample has several values of a channel");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "a share from 0 to below 1");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "0 or a positive number");
        Require(EvaluateEvery is null or >= 1, nameof(EvaluateEvery), EvaluateEvery, "at least 1, or null");
        Require(WatchedUnit >= 0 && WatchedUnit < Network.Widths.DefaultIfEmpty(1).Min(), nameof(WatchedUnit), WatchedUnit, "a unit that every hidden layer has, counted from 0");
        if (NormalizedLayers?.FirstOrDefault(layer => layer < 1 || layer > Network.Widths.Count) is { } wrong and not 0)
            Require(false, nameof(NormalizedLayers), wrong, $"numbers of hidden layers, from 1 to {Network.Widths.Count}");
    }

    static void Require(bool holds, string name, object? value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"Expected {expected}.");
    }
}
