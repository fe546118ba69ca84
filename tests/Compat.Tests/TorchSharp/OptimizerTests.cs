using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class OptimizerTests : LibTorchTests
{
    // The loss is p², so its gradient is 2p; p starts at 1.
    [Theory]
    [InlineData(0.0, 0.0, false, 0.64f)]   // 1 → 0.8 → 0.64
    [InlineData(0.5, 0.0, false, 0.54f)]   // v = 2, then 0.5·2 + 1.6 = 2.6; 0.8 - 0.26
    [InlineData(0.5, 0.0, true, 0.44f)]    // 1 - 0.1·(2 + 1) = 0.7; v = 1 + 1.4; 0.7 - 0.1·(1.4 + 1.2) = 0.44
    [InlineData(0.0, 1.0, false, 0.49f)]   // the gradient is 3p: 1 → 0.7 → 0.49
    public void Two_steps_of_SGD_are_those_computed_by_hand(double momentum, double weight_decay, bool nesterov, float expected)
    {
        var p = nn.Parameter(ones(1));
        var optimizer = optim.SGD([p], 0.1, momentum, weight_decay: weight_decay, nesterov: nesterov);

        Step(p, optimizer);
        Step(p, optimizer);

        AssertClose([expected], p);
    }

    [Fact]
    public void Zero_grad_clears_and_a_parameter_without_gradient_stays()
    {
        var (p, idle) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        var optimizer = optim.SGD([p, idle], 0.1);

        Step(p, optimizer);
        optimizer.zero_grad();

        AssertClose([0], p.grad);
        AssertClose([1], idle);
    }

    // The gradient of p² at 1 is 2 and stays: v = 2, then 0.5·2 + (1 - 0.5)·2 = 2; p = 1 + 0.1·(2 + 2).
    [Fact]
    public void SGD_dampens_climbs_and_returns_the_loss_of_its_closure()
    {
        var p = nn.Parameter(ones(1));
        using var optimizer = optim.SGD([p], 0.1, momentum: 0.5, dampening: 0.5, maximize: true);
        (p * p).sum().backward();

        optimizer.step();
        var loss = optimizer.step(() => (p * p).sum());

        Assert.Equal(1.44f, loss.item<float>(), 1e-6f); // 1.2², with float's rounding
        AssertClose([1.4f], p);
    }

    // With β₁ = 0 and β₂ = 0.5 the first step is lr·g/√g² = lr, whatever the gradient: 1 → 0.9. Then g = 1.8, the mean of
    // squares (0.25·4 + 0.5·3.24)/0.75 = 3.493, and the second step 0.1·1.8/√3.493 = 0.09631.
    [Fact]
    public void Two_steps_of_Adam_are_those_computed_by_hand()
    {
        var p = nn.Parameter(ones(1));
        using var optimizer = optim.Adam([p], 0.1, 0, 0.5);

        Step(p, optimizer);
        AssertClose([0.9f], p);
        Step(p, optimizer);

        AssertClose([0.9f - 0.1f * 1.8f / MathF.Sqrt(2.62f / 0.75f)], p);
    }

    // With β₁ = 0.5 the mean after gradients of 2 and 1.8 is (0.25·2 + 0.5·1.8)/0.75; β₂ = 1 - 2⁻²⁰ keeps the squares' mean
    // between the two: (g₁² + g₂²)/2 up to a millionth.
    [Fact]
    public void Adam_averages_the_gradients_decays_the_weights_and_climbs()
    {
        var (p, decayed, climbing) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        var optimizer = optim.Adam([p], 0.1, 0.5, 1 - 1.0 / (1 << 20));
        Step(p, optimizer);
        Step(p, optimizer);
        Step(decayed, optim.Adam([decayed], 0.1, eps: 1, weight_decay: 1)); // gradient 2 + 1: a step of 0.1·3/(3 + 1)
        Step(climbing, optim.Adam([climbing], 0.1, maximize: true));

        Assert.Equal(0.9f - 0.1f * (1.4f / 0.75f) / MathF.Sqrt(3.62f), Numbers(p)[0], 1e-5f);
        AssertClose([1 - 0.075f], decayed);
        AssertClose([1.1f], climbing);
        Assert.Throws<NotSupportedException>(() => optim.Adam([p], amsgrad: true));
    }

    static void Step(Parameter p, optim.Optimizer optimizer)
    {
        optimizer.zero_grad();
        (p * p).sum().backward();
        optimizer.step();
    }
}
