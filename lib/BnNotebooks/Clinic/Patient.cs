using System.Numerics.Tensors;
using BnNotebooks.Experiments;
using BnNotebooks.Experiments.Optimizers;
using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>
/// A small network for handwritten digits, two hidden layers with a batch norm each, that can be treated badly: trained on any samples
/// in any order, in parts, and used in either mode.
/// </summary>
public sealed class Patient : IDisposable
{
    /// <summary>
    /// What the clinic's networks are trained as: batches of 60, learning rate 0.1, momentum 0.1, on pixels as they come, from 0 to 16.
    /// </summary>
    public static Experiment Usual { get; } = new()
    {
        Data = DataSets.Digits with { Train = AsTheyCome(DataSets.Digits.Train), Test = AsTheyCome(DataSets.Digits.Test) },
        Network = new Perceptron(64, 64),
        Init = WeightInit.He,
        Normalization = Norm.Batch,
        LearningRate = 0.1,
        BatchSize = 60,
    };

    static Samples AsTheyCome(Samples samples) => samples.Change((pixel, _) => 16 * pixel);

    readonly Experiment experiment;
    readonly Random order;
    readonly GradientStep[] optimizers;
    readonly Dictionary<(int Domain, torch.Tensor Buffer), Tensor<float>> statistics = [];
    int currentDomain;

    /// <summary>Builds the network with its first weights.</summary>
    /// <param name="seed">Decides the weights and the order of the samples.</param>
    /// <param name="experiment">What it is, and how it is trained; null takes <see cref="Usual"/>.</param>
    /// <param name="decayNorms">Whether weight decay, if the experiment has one, is for γ and β too.</param>
    public Patient(int seed, Experiment? experiment = null, bool decayNorms = true)
    {
        this.experiment = experiment ??= Usual;
        torch.set_num_threads(1); // a network this small gains nothing from more
        Model = new ModelBuilder(experiment, seed).Build();
        order = Draws.Generator(seed, Purpose.Batches);
        optimizers =
        [
            experiment.Optimizer.For(Model.Of(Trained.HiddenWeights | Trained.Output), experiment.LearningRate, experiment.WeightDecay),
            experiment.Optimizer.For(Model.Of(Trained.Norms), experiment.LearningRate, decayNorms ? experiment.WeightDecay : 0),
        ];
    }

    /// <summary>The network.</summary>
    public Model Model { get; }

    /// <summary>Its batch norms from input to output.</summary>
    public IReadOnlyList<BatchNorm> Norms => Model.BatchNorms;

    /// <summary>Its training samples.</summary>
    public Samples Train => experiment.Data.Train;

    /// <summary>Samples that it has not seen.</summary>
    public Samples Test => experiment.Data.Test;

    /// <summary>Trains on shuffled batches.</summary>
    /// <param name="steps">How many.</param>
    /// <returns>This network.</returns>
    public Patient Learn(int steps) => Learn(Deal(Train, steps));

    /// <summary>Trains on batches as they come.</summary>
    /// <param name="batches">The samples of each batch.</param>
    /// <returns>This network.</returns>
    public Patient Learn(IEnumerable<Samples> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        foreach (var batch in batches)
        {
            Model.Train();
            Gradients(batch);
            foreach (var optimizer in optimizers)
                optimizer.Apply();
        }
        return this;
    }

    /// <summary>Shuffled batches, each sample once a round.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="count">How many batches.</param>
    public IEnumerable<Samples> Deal(Samples samples, int count)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var batches = new Batches(samples.Count, experiment.BatchSize, order);
        for (var i = 0; i < count; i++)
            yield return samples.Rows(Array.ConvertAll(batches.Next(), row => (int)row));
    }

    /// <summary>Computes the outputs in whatever mode the network is, without gradients, and forgets them.</summary>
    /// <param name="batches">The samples of each batch.</param>
    public void LookAt(IEnumerable<Samples> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        foreach (var batch in batches)
            Outputs(batch);
    }

    /// <summary>The outputs (N, classes) in whatever mode the network is, without gradients.</summary>
    /// <param name="samples">The samples, as one batch.</param>
    public float[] Outputs(Samples samples)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        return [.. Model.Forward(Inputs(samples)).ToTensor()];
    }

    /// <summary>The share of samples put in the right class, in whatever mode the network is.</summary>
    /// <param name="samples">The samples, as one batch.</param>
    public double Accuracy(Samples samples) =>
        Answers(samples).Zip(samples.Labels!, (answer, label) => answer == label ? 1.0 : 0).Average();

    /// <summary>The most likely class of each sample, in whatever mode the network is.</summary>
    /// <param name="samples">The samples, as one batch.</param>
    public int[] Answers(Samples samples) =>
        [.. Outputs(samples).Chunk(experiment.Data.Classes).Select(scores => Array.IndexOf(scores, scores.Max()))];

    /// <summary>The mean cross-entropy in nats, in whatever mode the network is.</summary>
    /// <param name="samples">The samples, as one batch.</param>
    public double Loss(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        return Loss(Model.Forward(Inputs(samples)), samples).item<float>();
    }

    /// <summary>The gradient of the mean loss of a batch, of all parameters in a row, in whatever mode the network is.</summary>
    /// <param name="batch">The samples.</param>
    public float[] Gradients(Samples batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        foreach (var optimizer in optimizers)
            optimizer.ZeroGradients();
        Model.Backward(Loss(Model.Forward(Inputs(batch)), batch));
        return [.. Model.Parameters.SelectMany(parameter => parameter.grad is { } gradient ? gradient.ToTensor().ToArray() : [])];
    }

    /// <summary>
    /// Gives the batch norms the running statistics of a domain, and puts away those of the domain before: each has its own, and those of a
    /// new one begin as they are now.
    /// </summary>
    /// <param name="domain">Its number; the network begins with 0.</param>
    public void UseStatistics(int domain)
    {
        using var quiet = torch.no_grad();
        foreach (var norm in Norms)
            foreach (var buffer in (torch.Tensor[])[norm.running_mean!, norm.running_var!])
            {
                statistics[(currentDomain, buffer)] = buffer.ToTensor();
                if (!statistics.TryGetValue((domain, buffer), out var kept))
                    continue;
                using var values = kept.ToTorch();
                buffer.copy_(values);
            }
        currentDomain = domain;
    }

    /// <summary>The network as one module of TorchSharp's, for what takes such a one. It shares all layers.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> AsModule() =>
        torch.nn.Sequential(Model.Parts.Select((part, i) => ($"{part.Module.GetName()}{i}", part.Module)));

    /// <summary>Shuffled batches of the training data, inputs and labels.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<(torch.Tensor Inputs, torch.Tensor Labels)> Batches(int count) =>
        [.. Deal(Train, count).Select(batch => (Inputs(batch), batch.TorchWanted))];

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        foreach (var optimizer in optimizers)
            optimizer.Dispose();
        Model.Dispose();
    }

    torch.Tensor Inputs(Samples samples) => samples.TorchInputs.reshape([samples.Count, .. experiment.Network.InputShape(samples.SampleShape)]);

    static torch.Tensor Loss(torch.Tensor outputs, Samples samples) => torch.nn.functional.cross_entropy(outputs, samples.TorchWanted);
}
