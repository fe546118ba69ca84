using BnNotebooks.Experiments;
using TorchSharp;
using static TorchSharp.torch;

using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace BnNotebooks.Tests.Diagnosis;
/// <summary>Networks with nothing wrong in them: architectures, batch sizes, trained for a while or with fresh averages.</summary>
internal static class HealthyNetworks
{
    /// <summary>A kind of network: how it is built for some classes, and the shape in which it takes a sample of digits.</summary>
    public sealed record Architecture(Func<Net> Build, params long[] Shape)
    {
        public double Rate { get; init; } = 0.02;
    }

    public static IReadOnlyDictionary<string, Architecture> Architectures { get; } = new Dictionary<string, Architecture>
    {
        ["perceptron, batch"] = new(() => Perceptron(width => nn.BatchNorm1d(width))),
        ["perceptron, batch, no bias"] = new(() => nn.Sequential(nn.Linear(64, 50, hasBias: false), nn.BatchNorm1d(50), nn.ReLU(), nn.Linear(50, 10))),
        ["perceptron, batch after ReLU"] = new(() => nn.Sequential(nn.Linear(64, 40), nn.ReLU(), nn.BatchNorm1d(40), nn.Linear(40, 40), nn.ReLU(), nn.BatchNorm1d(40), nn.Linear(40, 10))),
        ["perceptron, batch on the inputs too"] = new(() => nn.Sequential(nn.BatchNorm1d(64), nn.Linear(64, 40), nn.BatchNorm1d(40), nn.ReLU(), nn.Linear(40, 10))),
        ["perceptron, batch, tanh"] = new(() => nn.Sequential(nn.Linear(64, 40), nn.BatchNorm1d(40), nn.Tanh(), nn.Linear(40, 40), nn.BatchNorm1d(40), nn.Tanh(), nn.Linear(40, 10))),
        ["perceptron, batch, sigmoid"] = new(() => nn.Sequential(nn.Linear(64, 40), nn.BatchNorm1d(40), nn.Sigmoid(), nn.Linear(40, 40), nn.BatchNorm1d(40), nn.Sigmoid(), nn.Linear(40, 10))),
        ["perceptron, batch, dropout at the end"] = new(() => nn.Sequential(nn.Linear(64, 50), nn.BatchNorm1d(50), nn.ReLU(), nn.Dropout(0.3), nn.Linear(50, 10))),
        ["perceptron, batch, no γ"] = new(() => Perceptron(width => nn.BatchNorm1d(width, affine: false))),
        ["perceptron, batch, Keras's settings"] = new(() => Perceptron(width => nn.BatchNorm1d(width, eps: 1e-3, momentum: 0.05))),
        ["perceptron, 8 layers, batch"] = new(() => nn.Sequential([.. Enumerable.Range(0, 8).SelectMany(i => new Net[] { nn.Linear(i == 0 ? 64 : 32, 32), nn.BatchNorm1d(32), nn.ReLU() }), nn.Linear(32, 10)])) { Rate = 0.01 },
        ["perceptron, 20 layers, batch"] = new(() => nn.Sequential([.. Enumerable.Range(0, 20).SelectMany(i => new Net[] { nn.Linear(i == 0 ? 64 : 24, 24), nn.BatchNorm1d(24), nn.ReLU() }), nn.Linear(24, 10)])) { Rate = 0.01 },
        ["perceptron, layer"] = new(() => Perceptron(width => nn.LayerNorm(width))),
        ["perceptron, none"] = new(() => Perceptron(width => new Nets.Apply(x => x.alias()))) { Rate = 0.01 },
        ["perceptron, batch in a residual network"] = new(() => new Nets.Chain(nn.Linear(64, 32), ResidualBlock(), ResidualBlock(), ResidualBlock(), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))) { Rate = 0.01 },
        ["CNN, batch"] = new(() => Cnn(channels => nn.BatchNorm2d(channels)), 1, 8, 8),
        ["CNN, batch, pooled"] = new(() => nn.Sequential(nn.Conv2d(1, 12, 3, padding: 1, bias: false), nn.BatchNorm2d(12), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(12, 24, 3, padding: 1, bias: false), nn.BatchNorm2d(24), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(24, 10)), 1, 8, 8),
        ["CNN, group"] = new(() => Cnn(channels => Nets.GroupNorm(4, channels)), 1, 8, 8),
        ["CNN, layer"] = new(() => Cnn(channels => Nets.GroupNorm(1, channels)), 1, 8, 8),
        ["CNN, instance"] = new(() => Cnn(channels => nn.InstanceNorm2d(channels, affine: true)), 1, 8, 8),
        ["CNN, batch in a residual network"] = new(() => new Nets.Chain(nn.Conv2d(1, 16, 3, padding: 1, bias: false), nn.BatchNorm2d(16), nn.ReLU(), ConvolutionBlock(), ConvolutionBlock(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10)), 1, 8, 8),
        ["CNN, batch and layer"] = new(() => nn.Sequential(nn.Conv2d(1, 8, 3, stride: 2, padding: 1), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Linear(128, 32), nn.LayerNorm(32), nn.ReLU(), nn.Linear(32, 10)), 1, 8, 8),
    };

    /// <summary>A network of digits and the batches to examine it with.</summary>
    /// <param name="steps">How many steps it is trained; 0 gives fresh weights, with averages taken of the data.</param>
    public static (Net Net, (Tensor Inputs, Tensor Labels)[] Batches) Make(string architecture, int batchSize, int seed, int steps, int batches = 20)
    {
        var kind = Architectures[architecture];
        var net = Nets.Make(seed, kind.Build);
        var train = Nets.Batches(DataSets.Digits.Train, batchSize, seed, int.MaxValue, kind.Shape);
        if (steps > 0)
            Nets.Train(net, train, steps, kind.Rate * Math.Min(1, batchSize / 16.0));
        else
            Nets.Recalibrate(net, train);
        return (net, [.. Nets.Batches(DataSets.Digits.Train, batchSize, seed + 1000, batches, kind.Shape)]);
    }

    private static Net Perceptron(Func<int, Net> norm) =>
        nn.Sequential(nn.Linear(64, 50), norm(50), nn.ReLU(), nn.Linear(50, 50), norm(50), nn.ReLU(), nn.Linear(50, 10));

    private static Net Cnn(Func<int, Net> norm) => nn.Sequential(nn.Conv2d(1, 8, 3, stride: 2, padding: 1), norm(8), nn.ReLU(),
        nn.Conv2d(8, 16, 3, stride: 2, padding: 1), norm(16), nn.ReLU(), nn.Flatten(), nn.Linear(64, 10));

    private static Net ResidualBlock() => new Nets.Residual(nn.Sequential(nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 32)));

    private static Net ConvolutionBlock()
    {
        var last = nn.BatchNorm2d(16);
        nn.init.zeros_(last.weight); // the block starts as x
        return new Nets.Residual(nn.Sequential(nn.Conv2d(16, 16, 3, padding: 1, bias: false), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 16, 3, padding: 1, bias: false), last));
    }
}
