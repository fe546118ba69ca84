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

    static void Step(Parameter p, optim.Optimizer optimizer)
    {
        optimizer.zero_grad();
        (p * p).sum().backward();
        optimizer.step();
    }
}
