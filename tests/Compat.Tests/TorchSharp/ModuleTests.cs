using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class ModuleTests : LibTorchTests
{
    [Fact]
    public void Running_statistics_take_the_unbiased_variance()
    {
        var layer = nn.BatchNorm1d(1);

        layer.forward(tensor([0f, 0, 2, 2], [4, 1])); // mean 1, variance 1 over n and 4/3 over n - 1

        AssertClose([0.1f], layer.running_mean);
        AssertClose([0.9f + 0.1f * 4 / 3], layer.running_var);
        Assert.Equal(1, layer.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Without_a_momentum_the_running_mean_is_the_plain_average()
    {
        var layer = nn.BatchNorm1d(1);
        layer.momentum = null;

        layer.forward(tensor([0f, 2], [2, 1]));
        layer.forward(tensor([2f, 4], [2, 1]));

        AssertClose([2], layer.running_mean);
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them()
    {
        var layer = nn.BatchNorm2d(1, 0);
        layer.running_mean!.copy_(tensor([3f]));
        layer.running_var = tensor([4f]);
        layer.eval();

        AssertClose([1, -1], layer.forward(tensor([5f, 1], [1, 1, 1, 2])));
        AssertClose([3], layer.running_mean);
    }

    [Fact]
    public void Without_running_statistics_evaluation_uses_the_batch()
    {
        var layer = nn.BatchNorm1d(1, 0, track_running_stats: false);
        layer.eval();

        AssertClose([-1, 1], layer.forward(tensor([4f, 6], [2, 1])));
        Assert.Null(layer.running_mean);
    }

    [Fact]
    public void Each_batch_norm_takes_its_own_ranks()
    {
        Assert.Equal("expected 2D or 3D input, but got 4D input.",
            Assert.Throws<ArgumentException>(() => nn.BatchNorm1d(2).forward(zeros(1, 2, 3, 4))).Message);
        Assert.Throws<ArgumentException>(() => nn.BatchNorm2d(2).forward(zeros(4, 2)));
        Assert.Throws<ArgumentException>(() => nn.BatchNorm3d(2).forward(zeros(4, 2)));
        Assert.Equal([1, 2, 3, 4, 5], nn.BatchNorm3d(2).forward(zeros([1, 2, 3, 4, 5])).shape);
        Assert.Contains("running_mean should contain 3 elements not 2",
            Assert.Throws<ExternalException>(() => nn.BatchNorm1d(2).forward(zeros(4, 3))).Message);
    }

    [Fact]
    public void Layer_group_and_instance_norm_normalize_each_their_own_set()
    {
        var x = tensor([0f, 2, 10, 14, 1, 1, 5, 9], [1, 4, 2]);
        var pairs = nn.functional.layer_norm(x, [2], eps: 1e-12); // every two neighbours; the third pair is constant
        var halves = nn.GroupNorm(2, 4, affine: false).forward(x).reshape(2, 4);

        AssertClose([-1, 1, -1, 1, 0, 0, -1, 1], pairs);
        AssertClose(Numbers(pairs), nn.functional.instance_norm(x, eps: 1e-12));
        AssertClose(Numbers(pairs), nn.InstanceNorm1d(4, 1e-12).forward(x));
        AssertClose(Numbers(pairs), nn.InstanceNorm2d(4, 1e-12).forward(x.reshape(1, 4, 1, 2)).reshape(4, 2));
        AssertClose(Numbers(pairs), nn.InstanceNorm2d(4, 1e-12).forward(x.reshape(4, 1, 2)));
        AssertClose(Numbers(pairs), nn.LayerNorm(2, 1e-12).forward(x));
        AssertClose(Numbers(pairs), nn.LayerNorm([2], 1e-12).forward(x));
        AssertClose(Numbers(halves), nn.functional.group_norm(x, 2).reshape(2, 4));
        Assert.Throws<ArgumentException>(() => nn.InstanceNorm1d(3).forward(x));
        AssertClose([0, 0], halves.mean([1]));
        var rows = x.reshape(2, 4);
        AssertClose(Numbers((rows - rows.mean([1], true)) / (rows.var([1], false, true) + 1e-5).sqrt()), halves);
    }

    [Fact]
    public void Weights_start_at_one_and_biases_at_zero()
    {
        var (batch, group, layer) = (nn.BatchNorm3d(2), nn.GroupNorm(1, 2), nn.LayerNorm(2));

        Assert.All([batch.weight, group.weight, layer.weight], weight => Assert.Equal([1f, 1], Numbers(weight)));
        Assert.All([batch.bias, group.bias, layer.bias], bias => Assert.Equal([0f, 0], Numbers(bias)));
        Assert.Null(nn.LayerNorm(2, bias: false).bias);
    }

    [Fact]
    public void Linear_starts_within_one_over_the_root_of_the_inputs()
    {
        var linear = nn.Linear(16, 100);

        Assert.All(Numbers(linear.weight).Concat(Numbers(linear.bias)), w => Assert.InRange(w, -0.25f, 0.25f));
        Assert.InRange(linear.weight.std().item<float>(), 0.13f, 0.16f); // 0.25/√3 = 0.144; 1600 draws stray by under 2 %
        AssertClose([6], nn.functional.linear(tensor([1f, 2], [1, 2]), tensor([1f, 2], [1, 2]), tensor([1f])));
    }

    [Fact]
    public void A_network_names_its_parameters_and_passes_its_mode_on()
    {
        var (norm, act) = (nn.BatchNorm1d(2), nn.ReLU());
        var network = nn.Sequential(("fc", nn.Linear(3, 2)), ("bn", norm), ("act", act));

        Assert.Equal(
            ["fc.weight", "fc.bias", "bn.weight", "bn.bias"], network.named_parameters().Select(named => named.name));
        network.eval();
        Assert.Equal((false, false), (norm.training, act.training));
        network.train();
        Assert.Equal((true, true), (norm.training, act.training));
        Assert.Equal([5, 2], network.call(zeros(5, 3)).shape);
    }

    [Fact]
    public void Modules_without_names_are_called_in_order_and_numbered()
    {
        var network = nn.Sequential(nn.ReLU(), nn.Sigmoid(), nn.Linear(1, 1));

        Assert.Equal(["2.weight", "2.bias"], network.named_parameters().Select(named => named.name));
        Assert.Empty(network.parameters(recurse: false));
        AssertClose([0.5f, 0.5f], nn.Sequential(nn.ReLU(), nn.Sigmoid()).call(tensor([-3f, 0])));
    }

    [Fact]
    public void A_module_of_ones_own_registers_its_fields()
    {
        var network = new Scaled();

        Assert.Equal(["scale", "inner.weight"], network.named_parameters().Select(named => named.name));
        network.call(ones(1, 2)).sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
        network.register_parameter("extra", nn.Parameter(ones(1)));
        Assert.Contains("extra", network.named_parameters().Select(named => named.name));
        Assert.Equal(nameof(Scaled), network.GetName());
    }

    sealed class Scaled : nn.Module<Tensor, Tensor>
    {
        readonly Parameter scale = nn.Parameter(ones(1));
        readonly Linear inner = nn.Linear(2, 1, hasBias: false);

        internal Scaled() : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input) * scale;
    }

    [Fact]
    public void Softmax_and_its_loss_are_torchs()
    {
        var certain = nn.functional.cross_entropy(tensor([0f, 0, (float)Math.Log(2), 0], [2, 2]), tensor([0L, 0]));

        Assert.Equal((Math.Log(2) + Math.Log(1.5)) / 2, certain.item<float>(), 1e-6); // float rounding of a mean of two logs
        var sum = nn.functional.cross_entropy(zeros(2, 2), tensor([0L, 1]), reduction: nn.Reduction.Sum);
        Assert.Equal(2 * Math.Log(2), sum.item<float>(), 1e-6); // the same
        AssertClose([0.25f, 0.75f], nn.functional.softmax(tensor([0f, (float)Math.Log(3)]), 0));
    }
}
