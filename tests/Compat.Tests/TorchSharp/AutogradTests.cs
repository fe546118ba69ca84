using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class AutogradTests : LibTorchTests
{
    [Fact]
    public void Backward_leaves_the_gradient_and_adds_to_it()
    {
        var x = tensor([1f, -2, 3], requires_grad: true);
        Assert.Null(x.grad);

        (x * x).sum().backward();
        AssertClose([2, -4, 6], x.grad);
        (x * x).sum().backward();
        AssertClose([4, -8, 12], x.grad);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Without_a_scalar_backward_needs_a_gradient()
    {
        var x = ones(2, requires_grad: true);

        var error = Assert.Throws<ExternalException>(() => (x * 2).backward());
        (x * 2).backward([tensor([3f, 4])]);

        Assert.Contains("only for scalar outputs", error.Message);
        AssertClose([6, 8], x.grad);
    }

    [Fact]
    public void No_grad_records_nothing_until_it_ends()
    {
        var x = ones(2, requires_grad: true);

        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
        x.requires_grad = false;
        Assert.False((x * 2).requires_grad);
    }

    [Fact]
    public void A_computed_tensor_keeps_its_gradient_where_asked()
    {
        var x = tensor([1f, 2], requires_grad: true);
        var kept = x * 3;
        kept.retain_grad();

        (kept * kept).sum().backward();

        AssertClose([6, 12], kept.grad);
    }

    // mean 1, variance 1 and eps 3 make 1/sqrt(variance + eps) = 1/2, so that every number below is exact:
    // x̂ = (-½, -½, ½, ½), and with γ = 2, β = 1: y = (0, 0, 2, 2).
    // For dL/dy = g = (1, 2, 3, 6): dβ = Σg = 12, dγ = Σg x̂ = 3, dx = γ/2 (g - mean g - x̂ mean(g x̂)).
    [Fact]
    public void Batch_norm_and_its_gradients_are_those_derived_by_hand()
    {
        var x = tensor([0f, 0, 2, 2], [4, 1], requires_grad: true);
        var (gamma, beta) = (tensor([2f], requires_grad: true), tensor([1f], requires_grad: true));

        var y = nn.functional.batch_norm(x, null, null, gamma, beta, training: true, eps: 3);
        y.backward([tensor([1f, 2, 3, 6], [4, 1])]);

        AssertClose([0, 0, 2, 2], y);
        AssertClose([12], beta.grad);
        AssertClose([3], gamma.grad);
        AssertClose([-1.625f, -0.625f, -0.375f, 2.625f], x.grad);
    }
}
