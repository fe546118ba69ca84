using BnNotebooks.Experiments;
using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Tests.Experiments;

/// <summary>What the library does in place of TorchSharp's own: the same operations, so the same numbers to the last bit.</summary>
public class SameAsTorchSharpTests
{
    [Theory]
    [InlineData(Optimizer.Sgd, 0)]
    [InlineData(Optimizer.Sgd, 0.01)]
    [InlineData(Optimizer.SgdWithMomentum, 0)]
    [InlineData(Optimizer.SgdWithMomentum, 0.01)]
    [InlineData(Optimizer.Adam, 0)]
    [InlineData(Optimizer.Adam, 0.01)]
    public void An_optimizer_makes_TorchSharps_steps(Optimizer optimizer, double weightDecay)
    {
        using var start = torch.randn(30, 7);
        Parameter[] ours = [torch.nn.Parameter(start.clone())], torchs = [torch.nn.Parameter(start.clone())];
        using var own = optimizer.For(ours, 0.05, weightDecay);
        using torch.optim.Optimizer other = optimizer == Optimizer.Adam
            ? torch.optim.Adam(torchs, 0.05, weight_decay: weightDecay)
            : torch.optim.SGD(torchs, 0.05, momentum: optimizer == Optimizer.Sgd ? 0 : 0.9, weight_decay: weightDecay);

        for (var step = 0; step < 20; step++)
        {
            own.ZeroGradients();
            other.zero_grad();
            ours[0].cos().sum().backward();
            torchs[0].cos().sum().backward();
            own.Apply();
            other.step();
        }

        Assert.Equal(Numbers(torchs[0]), Numbers(ours[0]));
        Assert.NotEqual(Numbers(start), Numbers(ours[0]));
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.1, false)]
    [InlineData(null, true)]
    public void A_batch_norm_gives_TorchSharps_outputs_and_counts_alike(double? momentum, bool affine)
    {
        using var own = new SteadyBatchNorm(5, 1e-3, momentum, affine);
        using var other = torch.nn.BatchNorm1d(5, 1e-3, affine: affine);
        other.momentum = momentum;

        foreach (var training in new[] { true, true, true, false })
        {
            using var x = torch.randn(8, 5);
            own.train(training);
            other.train(training);
            Assert.Equal(Numbers(other.call(x)), Numbers(own.call(x)));
        }

        Assert.Equal(Numbers(other.running_mean!), Numbers(own.running_mean!));
        Assert.Equal(Numbers(other.running_var!), Numbers(own.running_var!));
        Assert.Equal(3, own.num_batches_tracked!.item<long>());
        Assert.Equal(other.state_dict().Keys, own.state_dict().Keys);
    }

    private static float[] Numbers(torch.Tensor tensor) => [.. tensor.ToTensor()];
}
