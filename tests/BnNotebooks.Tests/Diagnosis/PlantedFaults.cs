using BnNotebooks.Diagnosis;
using BnNotebooks.Experiments;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

using Batch = (TorchSharp.torch.Tensor Inputs, TorchSharp.torch.Tensor Labels);
using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace BnNotebooks.Tests.Diagnosis;
/// <summary>One healthy network, trained for a while, and one fault in it or in its data.</summary>
/// <param name="Finding">The name by which the doctor must find it.</param>
/// <param name="Layer">Where, or null where it concerns more than one layer.</param>
/// <param name="Examine">Plants it and examines.</param>
internal sealed record PlantedFault(string Finding, string? Layer, Func<int, Report> Examine);

/// <summary>The faults, by what was done to the network.</summary>
internal static class PlantedFaults
{
    private const int BatchSize = 32;

    public static IReadOnlyDictionary<string, PlantedFault> All { get; } = new Dictionary<string, PlantedFault>
    {
        // averages
        ["fresh network, no batch ever averaged"] = new(NeverUpdated.Name, "bn1", seed => Examine(Perceptron(seed, steps: 0), seed)),
        ["averages of one layer reset"] = Spoilt(NeverUpdated.Name, "bn2", net => Bn(net, "bn2").reset_running_stats()),
        ["averages kept from before training"] = new(OffTheData.Name, "bn1", seed =>
        {
            var net = Perceptron(seed, steps: 0);
            Nets.Recalibrate(net, Data(seed));
            var old = net.named_buffers().Select(entry => entry.buffer.clone()).ToArray();
            Nets.Train(net, Data(seed), 300, 0.05);
            foreach (var (entry, value) in net.named_buffers().Zip(old))
                entry.buffer.copy_(value);
            return Examine(net, seed);
        }),
        ["averages of inputs 16 times as large"] = Spoilt(OffTheData.Name, "bn1", net => Multiply(net, 16)),
        ["averages of inputs moved by half"] = new(OffTheData.Name, "bn1", seed => Doctor.Examine(Perceptron(seed), Data(seed).Take(10).Select(batch => (batch.Inputs.add(0.5), batch.Labels)))),
        ["five batches averaged with momentum 0.01"] = new(OffTheData.Name, "bn1", seed =>
        {
            var net = Perceptron(seed);
            Average(net, Data(seed).Take(5), momentum: 0.01);
            return Examine(net, seed);
        }),
        ["one running variance multiplied by 1000"] = Spoilt(OffTheData.Name, "bn1", net => Set(Bn(net, "bn1").running_var!, 3, Bn(net, "bn1").running_var![3].item<float>() * 1000)),
        ["averages of two layers swapped"] = Spoilt(OffTheData.Name, "bn2", net =>
        {
            BatchNorm1d a = Bn(net, "bn1"), b = Bn(net, "bn2");
            using Tensor mean = a.running_mean!.clone(), variance = a.running_var!.clone();
            (a.running_mean!.copy_(b.running_mean!), a.running_var!.copy_(b.running_var!)).ToString();
            (b.running_mean!.copy_(mean), b.running_var!.copy_(variance)).ToString();
        }),
        ["averages of a batch of three"] = new(OffTheData.Name, "bn1", seed =>
        {
            var net = Perceptron(seed);
            Average(net, Nets.Batches(DataSets.Digits.Train, 3, seed, 1), momentum: 1);
            return Examine(net, seed);
        }),
        ["averages that end with one class"] = new(OneGroup.Name, "bn1", seed =>
        {
            var net = Perceptron(seed);
            Average(net, OfClass(seed % 10).Concat(OfClass((seed + 3) % 10)), momentum: 0.5);
            return Examine(net, seed);
        }),
        ["NaN in a running variance"] = Spoilt(NotFinite.Name, "bn1", net => Set(Bn(net, "bn1").running_var!, 2, float.NaN)),
        ["infinity in a running mean"] = Spoilt(NotFinite.Name, "bn2", net => Set(Bn(net, "bn2").running_mean!, 0, float.PositiveInfinity)),
        ["negative running variance"] = Spoilt(NegativeVariance.Name, "bn1", net => Set(Bn(net, "bn1").running_var!, 5, -0.1f)),
        ["state without num_batches_tracked"] = Spoilt(LostCount.Name, "bn1", net => Bn(net, "bn1").num_batches_tracked!.zero_()),
        ["running variance at the end of half precision"] = Spoilt(HalfPrecision.Name, "bn2", net => Set(Bn(net, "bn2").running_var!, 1, 65504)),

        // settings
        ["momentum 0"] = Spoilt(UnusualMomentum.Name, "bn1", net => Bn(net, "bn1").momentum = 0),
        ["momentum 0.99, as Keras counts"] = Spoilt(UnusualMomentum.Name, "bn2", net => Bn(net, "bn2").momentum = 0.99),
        ["momentum 1"] = Spoilt(UnusualMomentum.Name, "bn1", net => Bn(net, "bn1").momentum = 1),
        ["eps 0.1"] = Spoilt(UnusualEps.Name, "bn1", net => Bn(net, "bn1").eps = 0.1),
        ["eps 0"] = Spoilt(UnusualEps.Name, "bn2", net => Bn(net, "bn2").eps = 0),
        ["Keras's eps in one layer"] = Spoilt(UnusualEps.Differs, null, net => Bn(net, "bn1").eps = 1e-3),
        ["no averages tracked"] = new(NoAverages.Name, "1", seed => Examine(Nets.Make(seed, () => nn.Sequential(
            nn.Linear(64, 32), nn.BatchNorm1d(32, track_running_stats: false), nn.ReLU(), nn.Linear(32, 10))), seed)),
        ["one layer left in training mode"] = Spoilt(MixedModes.Left, "bn2", net => Bn(net, "bn2").train()),
        ["one layer left in evaluation mode"] = Spoilt(MixedModes.Frozen, "bn2", net =>
        {
            net.train();
            Bn(net, "bn2").eval();
        }),
        ["frozen layer whose averages move"] = Spoilt(FrozenButMoving.Name, "bn1", net =>
        {
            net.train();
            foreach (var parameter in Bn(net, "bn1").parameters())
                parameter.requires_grad = false;
        }),

        // parameters
        ["γ near zero"] = Spoilt(SmallGamma.Name, "bn1", net => Scale(Bn(net, "bn1").weight, 1e-3)),
        ["γ negative in a channel"] = Spoilt(NegativeGamma.Name, "bn1", net => Set(Bn(net, "bn1").weight, 4, -0.5f)),
        ["γ NaN in a channel"] = Spoilt(BrokenParameters.NotFinite, "bn2.weight", net => Set(Bn(net, "bn2").weight, 4, float.NaN)),
        ["a weight infinite"] = Spoilt(BrokenParameters.NotFinite, "fc3.weight", net => Set(net.get_parameter("fc3.weight")![0], 0, float.PositiveInfinity)),
        ["β far off"] = Spoilt(FarBeta.Name, "bn2", net => Set(Bn(net, "bn2").bias!, 1, 30)),
        ["γ and β of one layer not in the optimizer"] = Spoilt(NeverTrained.Name, "bn2", net => Bn(net, "bn2").StartAnew()),
        ["γ and β of all layers not in the optimizer"] = Spoilt(NeverTrained.Name, "bn1", net =>
        {
            Bn(net, "bn1").StartAnew();
            Bn(net, "bn2").StartAnew();
        }),
        ["γ of all channels exactly 0"] = Spoilt(ConstantAnswers.Name, "network", net => Bn(net, "bn2").weight.zero_()),
        ["group norm not initialised, tiny numbers"] = new(BrokenParameters.NotSet, "1", seed => Grouped(seed, 3.1e-41f)),
        ["group norm not initialised, zeros"] = new(BrokenParameters.NotSet, "1", seed => Grouped(seed, 0)),
        ["group norm not initialised, huge numbers"] = new(BrokenParameters.NotSet, "1", seed => Grouped(seed, 7e22f)),

        // batches and inputs
        ["batches of one"] = new(SingleValues.Name, "bn1", seed => Doctor.Examine(Perceptron(seed), Nets.Batches(DataSets.Digits.Train, 1, seed, 20))),
        ["last batch of one"] = new(SingleValues.Last, "bn1", seed => Doctor.Examine(Perceptron(seed), [.. Data(seed).Take(5), .. Nets.Batches(DataSets.Digits.Train, 1, seed, 1)])),
        ["last batch of three"] = new(LastBatch.Name, "batches", seed => Doctor.Examine(Perceptron(seed), [.. Data(seed).Take(5), .. Nets.Batches(DataSets.Digits.Train, 3, seed, 1)])),
        ["batches of four"] = new(SingleValues.Few, "bn1", seed => Doctor.Examine(Perceptron(seed), Nets.Batches(DataSets.Digits.Train, 4, seed, 40))),
        ["batches sorted by class"] = new(UnlikeBatches.Name, "batches", seed => Doctor.Examine(Perceptron(seed), Enumerable.Range(0, 10).SelectMany(OfClass))),
        ["two domains in turn"] = new(UnlikeBatches.Name, "batches", seed => Doctor.Examine(Perceptron(seed), Data(seed).Take(10).Select((batch, i) => (i % 2 == 0 ? batch.Inputs : batch.Inputs.mul(0.4f), batch.Labels)))),
        ["pixels from 0 to 255"] = new(InputScales.Name, "inputs", seed => Doctor.Examine(Perceptron(seed), Data(seed).Take(10).Select(batch => (batch.Inputs.mul(255), batch.Labels)))),
        ["measurements on different scales"] = new(InputScales.Name, "inputs", seed => Doctor.Examine(
            Nets.Make(seed, () => nn.Sequential(nn.Linear(30, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2))), Nets.Batches(DataSets.BreastCancer.Train, BatchSize, seed))),
        ["NaN in a sample"] = new(BrokenSignals.Inputs, "inputs", seed => Doctor.Examine(Perceptron(seed), Data(seed).Take(4).Select((batch, i) => (i == 2 ? batch.Inputs.log().mul(0) : batch.Inputs, batch.Labels)))),

        // signals
        ["channels shut by β"] = Spoilt(DeadChannels.Name, "relu1", net =>
        {
            for (var c = 0; c < 10; c++)
                Set(Bn(net, "bn1").bias!, c, -20);
        }),
        ["one channel shut by β"] = Spoilt(DeadChannels.Name, "relu2", net => Set(Bn(net, "bn2").bias!, 7, -20)),
        ["a unit with weights of zero"] = Spoilt(ConstantChannels.Name, "bn2", net => net.get_parameter("fc2.weight")![3].zero_()),
        ["weights a ten thousandth"] = Spoilt(VarianceBesideEps.Name, "bn2", net => Scale(net.get_parameter("fc2.weight")!, 1e-4)),
        ["layer norm of tiny inputs"] = new(VarianceBesideEps.Name, "0", seed => Doctor.Examine(
            Nets.Make(seed, () => nn.Sequential(nn.LayerNorm(64), nn.Linear(64, 10))), Data(seed).Take(5).Select(batch => (batch.Inputs.mul(1e-3f), batch.Labels)))),
        ["large mean, small spread"] = new(LargeMeans.Name, "0", seed => Doctor.Examine(
            Nets.Make(seed, () => nn.Sequential(nn.BatchNorm1d(64), nn.Linear(64, 10))), Data(seed).Take(10).Select(batch => (batch.Inputs.add(5000), batch.Labels)))),
        ["evaluation far from training"] = Spoilt(ModesPart.Name, "bn1", net => Scale(Bn(net, "bn1").running_var!, 25)),
        ["answers wrong in evaluation mode only"] = Spoilt(WorseInUse.Name, "network", net => Bn(net, "bn1").running_mean!.zero_()),

        // wiring
        ["layer that forward does not use"] = new(NotReached.Name, "forgotten", seed => Examine(Nets.Make(seed, () => new Forgetful()), seed)),
        ["group norm that forward does not use"] = new(NotReached.Name, "lost", seed => Examine(Nets.Make(seed, () => new Forgetful()), seed)),
        ["layer called by forward and not by call"] = new(NotReached.Unseen, "behind", seed => Examine(Nets.Make(seed, () => new Forgetful()), seed)),
        ["one layer at two places"] = new(SeveralUses.Name, "norm", seed => Examine(Nets.Make(seed, () => new Sharing()), seed)),
        ["bias before batch norm"] = new(UselessBias.Name, "fc1", seed => Examine(Perceptron(seed), seed)),
        ["dropout before batch norm"] = new(DropoutBefore.Name, "3", seed => Examine(Nets.Make(seed, () => nn.Sequential(
            nn.Linear(64, 40), nn.Dropout(0.5), nn.ReLU(), nn.BatchNorm1d(40), nn.Linear(40, 10))), seed)),
        ["instance norm of one position"] = new(SingleValues.Set, "3", seed => Examine(Nets.Make(seed, () => nn.Sequential(
            new Nets.Apply(x => x.reshape([-1, 1, 8, 8])), nn.Conv2d(1, 8, 3), nn.AdaptiveAvgPool2d(1), nn.InstanceNorm2d(8), nn.Flatten(), nn.Linear(8, 10))), seed)),
        ["group norm with a channel a group"] = new(SingleValues.Set, "2", seed => Examine(Nets.Make(seed, () => nn.Sequential(
            nn.Linear(64, 32), new Nets.Apply(x => x.unsqueeze(2)), Nets.GroupNorm(32, 32), nn.Flatten(), nn.Linear(32, 10))), seed)),
    };

    private static PlantedFault Spoilt(string finding, string? layer, Action<Net> spoil) => new(finding, layer, seed =>
    {
        var net = Perceptron(seed);
        using (no_grad())
            spoil(net);
        return Examine(net, seed);
    });

    private static Report Examine(Net net, int seed) => Doctor.Examine(net, Data(seed).Take(12));

    private static Batch[] Data(int seed) => Nets.Batches(DataSets.Digits.Train, BatchSize, seed);

    private static Net Perceptron(int seed, int steps = 100)
    {
        var net = Nets.Make(seed, () => nn.Sequential(
            ("fc1", nn.Linear(64, 32)), ("bn1", nn.BatchNorm1d(32)), ("relu1", nn.ReLU()),
            ("fc2", nn.Linear(32, 32)), ("bn2", nn.BatchNorm1d(32)), ("relu2", nn.ReLU()),
            ("fc3", nn.Linear(32, 10))));
        if (steps > 0)
            Nets.Train(net, Data(seed), steps, 0.02);
        return net;
    }

    private static Report Grouped(int seed, float left)
    {
        var norm = Nets.GroupNorm(4, 32);
        using (no_grad())
        {
            ((GroupNorm)norm).weight.fill_(left);
            ((GroupNorm)norm).bias!.fill_(left);
        }
        return Examine(Nets.Make(seed, () => nn.Sequential(new Nets.Apply(x => x.unsqueeze(1).expand(-1, 32, -1)), norm, nn.Flatten(), nn.Linear(32 * 64, 10))), seed);
    }

    private static Batch[] OfClass(int digit)
    {
        var train = DataSets.Digits.Train;
        return [.. Enumerable.Range(0, train.Count).Where(row => train.Labels![row] == digit).Take(3 * BatchSize).Chunk(BatchSize).Select(rows => Nets.Batch(train, rows))];
    }

    private static void Average(Net net, IEnumerable<Batch> batches, double momentum)
    {
        foreach (var norm in net.modules().OfType<BatchNorm>())
        {
            norm.reset_running_stats();
            norm.momentum = momentum;
        }
        net.train();
        using (NewDisposeScope())
        using (no_grad())
            foreach (var (x, _) in batches)
                net.call(x).Dispose();
        foreach (var norm in net.modules().OfType<BatchNorm>())
            norm.momentum = 0.1;
        net.eval();
    }

    /// <summary>The averages that inputs so many times as large would have left in the first layer.</summary>
    private static void Multiply(Net net, float times)
    {
        Scale(Bn(net, "bn1").running_mean!, times);
        Scale(Bn(net, "bn1").running_var!, times * times);
    }

    private static BatchNorm1d Bn(Net net, string name) => (BatchNorm1d)net.named_children().First(child => child.name == name).module;

    private static void StartAnew(this BatchNorm1d norm)
    {
        norm.weight.fill_(1);
        norm.bias!.fill_(0);
    }

    private static void Set(Tensor tensor, int channel, float value)
    {
        using var place = tensor[channel];
        place.fill_(value);
    }

    private static void Scale(Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        tensor.mul_(scalar);
    }

    private sealed class Forgetful : Net
    {
        private readonly Linear first = nn.Linear(64, 32), last = nn.Linear(32, 10);
        private readonly BatchNorm1d forgotten = nn.BatchNorm1d(32), behind = nn.BatchNorm1d(32);
        private readonly Net lost = Nets.GroupNorm(4, 32);

        public Forgetful() : base(nameof(Forgetful)) => RegisterComponents();

        public override Tensor forward(Tensor x) => last.call(behind.forward(first.call(x)).relu());
    }

    private sealed class Sharing : Net
    {
        private readonly Linear first = nn.Linear(64, 32), second = nn.Linear(32, 32), last = nn.Linear(32, 10);
        private readonly BatchNorm1d norm = nn.BatchNorm1d(32);

        public Sharing() : base(nameof(Sharing)) => RegisterComponents();

        public override Tensor forward(Tensor x) => last.call(norm.call(second.call(norm.call(first.call(x)).relu())).relu());
    }
}
