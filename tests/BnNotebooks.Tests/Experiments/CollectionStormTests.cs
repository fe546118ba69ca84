using BnNotebooks.Core;
using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>
/// TorchSharp frees a number that it was given for a tensor operation while libtorch still reads it, if a garbage collection
/// falls in between (docs/torchsharp-scalar-lifetime.md). So training goes on here while garbage is collected without a pause,
/// and must give, bit for bit, the numbers of a quiet run.
/// </summary>
[Collection(nameof(CollectionStorm))]
public class CollectionStormTests
{
    private static readonly Norm[] Everywhere =
        [Norm.None, Norm.Batch with { Noise = new NormNoise() }, Norm.Batch with { Momentum = null, Affine = false, Name = "batch, averaging" }, Norm.Layer, Norm.Group, Norm.Weight];

    private static Dictionary<string, Experiment> Experiments { get; } = new[]
    {
        (Small.Perceptron, Everywhere.Concat(Normalizations.Names.Except(["none", "weight"]).Select(Norm.ByHand))),
        (Small.Cnn, Everywhere.Append(Norm.Instance).Concat(Normalizations.Names.Except(["none", "weight", "layer", "rms", "dyt"]).Select(Norm.ByHand))),
        (Small.Perceptron with { Data = Small.Line }, Everywhere),
    }
        .SelectMany(group => group.Item2.Select(norm => group.Item1 with { Normalization = norm }))
        .ToDictionary(experiment => $"{experiment.Data.Name}, {experiment.Network.GetType().Name}, {experiment.Normalization.Name}");

    public static TheoryData<string> Names => [.. Experiments.Keys];

    // Every optimizer and activation, with dropout and weight decay and without.
    private static Experiment[] Variants(Experiment experiment) => [.. Enum.GetValues<Activation>().Select((activation, i) => experiment with
    {
        Network = experiment.Network is Cnn ? new Cnn(4, 8) { Activation = activation } : new Perceptron(20, 20) { Activation = activation },
        Optimizer = (Optimizer)(i % 3),
        Placement = (Placement)(i % 2),
        LearningRate = 0.01,
        WeightDecay = i < 3 ? 0.01 : 0,
        Dropout = i is 0 or 4 ? 0.2 : 0,
        Watch = Watch.Activations | Watch.Gradients,
    })];

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_gives_the_same_numbers_while_garbage_is_collected(string name) => SameInAStorm(
        [.. Variants(Experiments[name]).Select(experiment => (Func<object>)(() => Recorder.Record(experiment, seed: 1).Losses))]);

    [Fact]
    public void Probes_give_the_same_numbers_while_garbage_is_collected()
    {
        var experiment = Small.Perceptron with { Normalization = Norm.Batch };
        SameInAStorm(
            () => Landscape.Along(experiment, seeds: 2),
            () => GradientShift.Along(experiment, seeds: 2),
            () => Signals.Follow(experiment, seeds: 2, afterSteps: 10).SelectMany(layers => layers.Select(layer => layer.WeightGradient)));
    }

    private static void SameInAStorm(params Func<object>[] work)
    {
        object[] quiet = Workers.Map(work, job => job());
        using var storm = new CollectionStorm();
        Assert.Equal(quiet, Workers.Map(work, job => job()));
    }
}

/// <summary>Collects garbage and runs finalizers without a pause until it is disposed. No other test runs meanwhile.</summary>
[CollectionDefinition(nameof(CollectionStorm), DisableParallelization = true)]
public sealed class CollectionStorm : IDisposable
{
    private readonly Thread thread;
    private volatile bool over;

    public CollectionStorm()
    {
        thread = new Thread(() =>
        {
            while (!over)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        thread.Start();
    }

    public void Dispose()
    {
        over = true;
        thread.Join();
    }
}
