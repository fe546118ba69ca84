using BnNotebooks.Experiments.Optimizers;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>An experiment under way: a network, its optimizer and the batches to come.</summary>
/// <remarks>
/// Making one sets libtorch to one thread on the calling thread: networks this small gain nothing from more, and the numbers
/// would depend on how many there are.
/// </remarks>
public sealed class Training : IDisposable
{
    const int EvaluationBatch = 512; // so that a CNN's activations stay within some ten megabytes

    readonly Batches batches;
    readonly GradientStep[] optimizers; // first that of the rate that may grow
    readonly long[] sampleShape;
    readonly torch.Tensor inputs;
    readonly bool classifies;

    /// <summary>Builds the network with its first weights.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <exception cref="ArgumentException">The experiment asks for something that does not go together.</exception>
    public Training(Experiment experiment, int seed)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        experiment.Check();
        torch.set_num_threads(1);
        (Experiment, Seed) = (experiment, seed);
        sampleShape = experiment.Network.InputShape(experiment.Data.Train.SampleShape);
        inputs = Inputs(experiment.Data.Train).DetachFromDisposeScope();
        classifies = experiment.Data.Classes > 0;
        batches = new Batches(experiment.Data.Train.Count, experiment.StatisticsOver ?? experiment.BatchSize, Draws.Generator(seed, Purpose.Batches));
        Model = new ModelBuilder(experiment, seed).Build();
        if (experiment.NormalizedStart)
        {
            using var first = inputs.narrow(0, 0, Math.Min(EvaluationBatch, experiment.Data.Train.Count));
            Experiments.NormalizedStart.Apply(Model, first);
        }
        Trained[] alike = experiment.LearningRateGrowth == 1 ? [Trained.All] : [Trained.HiddenWeights, Trained.Norms | Trained.Output];
        optimizers = [.. alike.Select(parts => experiment.Optimizer.For(Model.Of(parts & experiment.Trains), experiment.LearningRate, experiment.WeightDecay))];
    }

    /// <summary>What is trained.</summary>
    public Experiment Experiment { get; }

    /// <summary>What the random numbers come from.</summary>
    public int Seed { get; }

    /// <summary>The network.</summary>
    public Model Model { get; }

    /// <summary>How many steps have been made.</summary>
    public int StepsDone { get; private set; }

    /// <summary>Trains on the next batch.</summary>
    /// <returns>The loss before the step.</returns>
    public double Step() => Step(null);

    /// <summary>Trains on the next batches.</summary>
    /// <param name="steps">How many.</param>
    /// <returns>The loss before each step.</returns>
    public double[] Steps(int steps) => [.. Enumerable.Range(0, steps).Select(_ => Step())];

    /// <summary>How well the network does on samples.</summary>
    /// <param name="samples">The data set's, or others of the same shape.</param>
    /// <param name="statistics">
    /// The running statistics, as in use, or those of the batches at hand, as in training. Either way nothing changes.
    /// </param>
    public Evaluation Evaluate(Samples samples, Statistics statistics = Statistics.Running)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Evaluate(samples, statistics, samples.Count);
    }

    /// <summary>For each sample whether the network puts it in the right class, in evaluation mode; null where numbers are predicted.</summary>
    internal bool[]? Right(Samples samples)
    {
        if (samples.Labels is not { } labels)
            return null;
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        Model.Train(false);
        var right = new bool[samples.Count];
        for (var start = 0; start < right.Length; start += EvaluationBatch)
        {
            using var part = torch.NewDisposeScope();
            var answers = Model.Forward(Inputs(samples).narrow(0, start, Math.Min(EvaluationBatch, right.Length - start))).argmax(1);
            using var elements = answers.data<long>();
            foreach (var (i, answer) in elements.ToArray().Index())
                right[start + i] = answer == labels[start + i];
        }
        return right;
    }

    /// <summary>The same for the first samples only.</summary>
    internal Evaluation Evaluate(Samples samples, Statistics statistics, int first)
    {
        first = Math.Min(first, samples.Count);
        using var scope = torch.NewDisposeScope();
        using var unchanged = statistics == Statistics.Batch ? Model.Preserve() : null;
        using var quiet = torch.no_grad();
        Model.Train(statistics == Statistics.Batch);
        var size = statistics == Statistics.Batch ? Experiment.BatchSize : EvaluationBatch;
        double loss = 0, right = 0;
        var seen = 0;
        // In batches as small as in training, a rest that fills none would have noisier statistics: it is left out.
        for (var start = 0; start < first && (statistics == Statistics.Running || start + size <= first || start == 0); start += size)
        {
            using var part = torch.NewDisposeScope();
            var count = Math.Min(size, first - start);
            var y = Model.Forward(Inputs(samples).narrow(0, start, count));
            var wanted = samples.TorchWanted.narrow(0, start, count);
            loss += count * Loss(y, wanted).item<float>();
            if (classifies)
                right += y.argmax(1).eq(wanted).to_type(torch.float32).sum().item<float>();
            seen += count;
        }
        return new Evaluation(StepsDone, loss / seen, classifies ? right / seen : double.NaN);
    }

    /// <summary>
    /// Takes the mean and variance of these samples, layer by layer, in place of the batch norms' running statistics: the plain average
    /// over batches, every layer behind layers that normalize by those batches. No labels are used.
    /// </summary>
    /// <param name="samples">The data set's, or others of the same shape.</param>
    /// <param name="batchSize">The size of those batches, what fills none being left out; null takes all samples at once.</param>
    public void Recalibrate(Samples samples, int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var size = batchSize ?? samples.Count;
        if (size < 2 || size > samples.Count)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"Expected from 2 to the {samples.Count} samples.");
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        Model.Train(false);
        var norms = Model.BatchNorms;
        var before = norms.Select(norm => norm.momentum).ToArray();
        foreach (var norm in norms)
        {
            norm.train();
            norm.reset_running_stats();
            norm.momentum = null; // the plain average over all batches so far
        }
        for (var start = 0; start + size <= samples.Count; start += size)
        {
            using var part = torch.NewDisposeScope();
            Model.Forward(Inputs(samples).narrow(0, start, size));
        }
        foreach (var (norm, momentum) in norms.Zip(before))
            norm.momentum = momentum;
    }

    /// <summary>The same, and what the network makes of the samples then; its own statistics are put back.</summary>
    /// <param name="samples">The data set's, or others of the same shape.</param>
    public Evaluation EvaluateRecalibrated(Samples samples)
    {
        using var scope = torch.NewDisposeScope();
        using var unchanged = Model.Preserve();
        Recalibrate(samples);
        return Evaluate(samples);
    }

    /// <summary>Gives the batch norms what <see cref="Experiment.InUse"/> asks for.</summary>
    internal void PrepareForUse()
    {
        if (Experiment.InUse == InUse.RunningStatistics)
            return;
        Recalibrate(Experiment.Data.Train);
        if (Experiment.InUse == InUse.Expected)
            foreach (var norm in Model.BatchNorms.OfType<SteadyBatchNorm>())
                norm.ExpectCompanions(Experiment.BatchSize - 1);
    }

    /// <summary>The network's outputs for samples, in evaluation mode: logits (N, classes) or values (N, 1).</summary>
    /// <param name="samples">The data set's, or others of the same shape.</param>
    public System.Numerics.Tensors.Tensor<float> Predict(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        Model.Train(false);
        return Model.Forward(Inputs(samples)).ToTensor();
    }

    /// <summary>The network's outputs for inputs of any number, in training or evaluation mode; nothing changes either way.</summary>
    /// <param name="inputs">Of the shape (samples, …) of the data set's.</param>
    /// <param name="statistics">What batch norms normalize by.</param>
    public System.Numerics.Tensors.Tensor<float> Outputs(System.Numerics.Tensors.Tensor<float> inputs, Statistics statistics)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = torch.NewDisposeScope();
        using var unchanged = Model.Preserve();
        using var quiet = torch.no_grad();
        Model.Train(statistics == Statistics.Batch);
        return Model.Forward(inputs.ToTorch().reshape([inputs.Lengths[0], .. sampleShape])).ToTensor();
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        foreach (var optimizer in optimizers)
            optimizer.Dispose();
        Model.Dispose();
        inputs.Dispose();
    }

    /// <summary>Trains on the next batch, and calls <paramref name="beforeUpdate"/> when the gradients are there.</summary>
    internal double Step(Action? beforeUpdate)
    {
        using var scope = torch.NewDisposeScope();
        return StepOn(NextBatch(), beforeUpdate);
    }

    /// <summary>Trains on these training samples.</summary>
    /// <returns>The loss before the step.</returns>
    internal double StepOn(long[] rows)
    {
        using var scope = torch.NewDisposeScope();
        return StepOn(Batch(rows), null);
    }

    double StepOn((torch.Tensor X, torch.Tensor Wanted) batch, Action? beforeUpdate)
    {
        var loss = Gradients(batch.X, batch.Wanted);
        beforeUpdate?.Invoke();
        foreach (var optimizer in optimizers)
            optimizer.Apply();
        StepsDone++;
        if (Experiment.LearningRateGrowth != 1)
            optimizers[0].LearningRate = Experiment.LearningRate * Math.Pow(Experiment.LearningRateGrowth, StepsDone);
        return loss;
    }

    /// <summary>The next batch, for the current scope.</summary>
    internal (torch.Tensor X, torch.Tensor Wanted) NextBatch() => Batch(batches.Next());

    /// <summary>A batch of these training samples, for the current scope.</summary>
    internal (torch.Tensor X, torch.Tensor Wanted) Batch(long[] rows)
    {
        var index = torch.tensor(rows);
        return (inputs.index_select(0, index), Experiment.Data.Train.TorchWanted.index_select(0, index));
    }

    /// <summary>Computes the gradients of the loss of a batch in training mode, and returns the loss.</summary>
    internal double Gradients(torch.Tensor x, torch.Tensor wanted, Action<Part, torch.Tensor, torch.Tensor>? watch = null)
    {
        Model.Train();
        if (StepsDone >= Experiment.Steps - Experiment.FrozenSteps)
            Model.FreezeBatchNorms();
        foreach (var optimizer in optimizers)
            optimizer.ZeroGradients();
        var y = Model.Forward(x, watch);
        var loss = x.shape[0] > Experiment.BatchSize
            ? Loss(y.narrow(0, 0, Experiment.BatchSize), wanted.narrow(0, 0, Experiment.BatchSize))
            : Loss(y, wanted);
        Model.Backward(loss);
        return loss.item<float>();
    }

    /// <summary>All inputs of some samples in the shape that the network takes.</summary>
    internal torch.Tensor Inputs(Samples samples) => samples.TorchInputs.reshape([samples.Count, .. sampleShape]);

    torch.Tensor Loss(torch.Tensor y, torch.Tensor wanted) =>
        classifies ? torch.nn.functional.cross_entropy(y, wanted) : torch.nn.functional.mse_loss(y, wanted);
}
