using BnNotebooks.Experiments;
using TorchSharp;
using static TorchSharp.torch;

using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace BnNotebooks.Tests.Diagnosis;
/// <summary>Networks as a reader would build them with TorchSharp, and a training loop that holds its numbers.</summary>
internal static class Nets
{
    private static readonly object Seeding = new();

    /// <summary>The parts of a network, called one after the other.</summary>
    public sealed class Chain : Net
    {
        private readonly Net[] parts;

        public Chain(params Net[] parts) : base(nameof(Chain))
        {
            this.parts = parts;
            foreach (var (i, part) in parts.Index())
                register_module($"{part.GetName().ToLowerInvariant()}{i + 1}", part);
        }

        public override Tensor forward(Tensor x) => parts.Aggregate(x, (y, part) => part.call(y));
    }

    /// <summary>x + f(x).</summary>
    public sealed class Residual : Net
    {
        private readonly Net branch;

        public Residual(Net branch) : base(nameof(Residual))
        {
            this.branch = branch;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x.add(branch.call(x), Scalars.One);
    }

    /// <summary>An image laid out anew, or whatever else needs no parameters.</summary>
    public sealed class Apply(Func<Tensor, Tensor> function) : Net(nameof(Apply))
    {
        public override Tensor forward(Tensor x) => function(x);
    }

    /// <summary>Makes a network whose weights, He's, come from the seed alone, whatever other tests draw meanwhile.</summary>
    public static Net Make(int seed, Func<Net> build)
    {
        torch.set_num_threads(1); // so small networks gain nothing from more
        Net net;
        lock (Seeding)
            net = build();
        var random = new Random(seed);
        using var quiet = no_grad();
        foreach (var (name, parameter) in net.named_parameters())
            if (parameter.ndim > 1)
            {
                var deviation = Math.Sqrt(2.0 / (parameter.numel() / parameter.shape[0]));
                using var drawn = tensor(Enumerable.Range(0, (int)parameter.numel()).Select(_ => (float)(deviation * Normal(random))).ToArray(), parameter.shape);
                parameter.copy_(drawn);
            }
        return net;
    }

    public static nn.Module<Tensor, Tensor> GroupNorm(long groups, long channels)
    {
        var norm = nn.GroupNorm(groups, channels);
        using var quiet = no_grad();
        using Tensor ones = torch.ones(channels), zeros = torch.zeros(channels);
        norm.weight.copy_(ones);
        norm.bias!.copy_(zeros);
        return norm;
    }

    /// <summary>Batches of samples in an order drawn from the seed, with labels; the rest that fills no batch is left out.</summary>
    public static (Tensor Inputs, Tensor Labels)[] Batches(Samples samples, int size, int seed, int most = int.MaxValue, params long[] shape)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        new Random(seed).Shuffle(rows);
        return [.. rows.Chunk(size).Where(chunk => chunk.Length == size).Take(most).Select(chunk => Batch(samples, chunk, shape))];
    }

    /// <summary>These samples as one batch.</summary>
    public static (Tensor Inputs, Tensor Labels) Batch(Samples samples, int[] rows, params long[] shape)
    {
        var picked = samples.Rows(rows);
        long[] features = shape.Length > 0 ? shape : [-1];
        return (picked.Inputs.ToTorch().reshape([rows.Length, .. features]), tensor(Array.ConvertAll(picked.Labels!, label => (long)label)));
    }

    /// <summary>Gradient descent with momentum 0.9, at a tenth of the rate in the last quarter, so that the averages catch up.</summary>
    public static void Train(Net net, IReadOnlyList<(Tensor Inputs, Tensor Labels)> batches, int steps, double rate)
    {
        using Scalar large = -rate, small = -rate / 10, keep = 0.9;
        var velocities = net.parameters().Select(parameter => zeros_like(parameter).DetachFromDisposeScope()).ToArray();
        net.train();
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            var (x, wanted) = batches[i % batches.Count];
            var loss = nn.functional.cross_entropy(net.call(x), wanted);
            net.zero_grad();
            loss.backward();
            using var quiet = no_grad();
            foreach (var (parameter, velocity) in net.parameters().Zip(velocities))
            {
                if (parameter.grad is not { } gradient)
                    continue;
                velocity.mul_(keep).add_(gradient, Scalars.One);
                parameter.add_(velocity, 4 * i < 3 * steps ? large : small);
            }
        }
        foreach (var velocity in velocities)
            velocity.Dispose();
        net.eval();
    }

    /// <summary>Takes the averages of all batch norms anew: the plain average over the batches.</summary>
    public static void Recalibrate(Net net, IEnumerable<(Tensor Inputs, Tensor Labels)> batches)
    {
        TorchSharp.Modules.BatchNorm[] norms = [.. net.modules().OfType<TorchSharp.Modules.BatchNorm>().Distinct()];
        var momenta = norms.Select(norm => norm.momentum).ToArray();
        foreach (var norm in norms)
        {
            norm.reset_running_stats();
            norm.momentum = null;
        }
        net.train();
        using (NewDisposeScope())
        using (no_grad())
            foreach (var (x, _) in batches)
                net.call(x).Dispose();
        foreach (var (norm, momentum) in norms.Zip(momenta))
            norm.momentum = momentum;
        net.eval();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
