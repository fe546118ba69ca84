using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class LifetimeTests : LibTorchTests
{
    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => x + 1);
    }

    [Fact]
    public void A_scope_disposes_what_was_made_in_it_but_not_what_was_detached()
    {
        Tensor inside, detached;
        using (NewDisposeScope())
        {
            (inside, detached) = (ones(2), ones(2).DetachFromDisposeScope());
        }
        Assert.Equal((true, false), (inside.IsInvalid, detached.IsInvalid));
        detached.Dispose();
    }

    [Fact]
    public void The_tensors_of_a_module_outlive_the_scope_and_go_with_the_module()
    {
        TorchSharp.Modules.BatchNorm1d layer;
        using (NewDisposeScope()) layer = nn.BatchNorm1d(3);
        var (weight, mean) = (layer.weight, layer.running_mean!);
        Assert.Equal((false, false), (weight.IsInvalid, mean.IsInvalid));

        layer.Dispose();

        Assert.Equal((true, true), (weight.IsInvalid, mean.IsInvalid));
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        var data = ones(2);
        var parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.Equal([1f, 1], Numbers(parameter));
    }

    [Fact]
    public void The_elements_outlast_a_tensor_that_nobody_holds()
    {
        var accessor = arange(1000f).DetachFromDisposeScope().data<float>();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(499500, accessor.ToArray().Sum());
    }
}
