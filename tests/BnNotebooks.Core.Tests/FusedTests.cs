using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Batch norm with what follows it in one pass gives what the single layers give one after the other.</summary>
public class FusedTests
{
    static readonly nint[] Shape = [6, 3, 4, 5];

    public static TheoryData<BatchNormMethod, bool> Ways => new MatrixTheoryData<BatchNormMethod, bool>(Enum.GetValues<BatchNormMethod>(), [true, false]);

    [Theory, MemberData(nameof(Ways))]
    public void With_a_ReLU(BatchNormMethod method, bool training)
    {
        var (x, dy) = (Data.Normal<double>(1, Shape), Data.Normal<double>(2, Shape));
        var (fused, norm, relu) = (new BatchNormReLU<double>(3) { Method = method }, new BatchNorm2d<double>(3), new ReLU<double>());
        Prepare(norm, fused.LoadStateDict, training);
        fused.Train(training);

        var y = fused.Forward(x);
        var expected = relu.Forward(norm.Forward(x));
        var dx = fused.Backward(dy);
        var expectedDx = norm.Backward(relu.Backward(dy));

        // Sums of 120 values, in double and in another order.
        Close.Assert(expected, y, 1e-12, "y");
        Close.Assert(expectedDx, dx, 1e-12, "dx");
        Same(norm, fused.Weight, fused.Bias, fused.RunningMean, fused.RunningVar);
    }

    [Theory, MemberData(nameof(Ways))]
    public void With_an_addition_and_a_ReLU(BatchNormMethod method, bool training)
    {
        var (x, r, dy) = (Data.Normal<double>(1, Shape), Data.Normal<double>(3, Shape), Data.Normal<double>(2, Shape));
        var (fused, norm, relu) = (new BatchNormAddReLU<double>(3), new BatchNorm2d<double>(3), new ReLU<double>());
        fused.BatchNorm.Method = method;
        Prepare(norm, fused.BatchNorm.LoadStateDict, training);
        fused.BatchNorm.Train(training);

        var y = fused.Forward(x, r);
        var expected = relu.Forward(Tensor.Add<double>(norm.Forward(x), r));
        var (dx, dr) = fused.Backward(dy);
        var expectedDr = relu.Backward(dy);
        var expectedDx = norm.Backward(expectedDr);

        Close.Assert(expected, y, 1e-12, "y");
        Close.Assert(expectedDx, dx, 1e-12, "dx");
        Close.Assert(expectedDr, dr, 0, "dr");
        Same(norm, fused.BatchNorm.Weight!, fused.BatchNorm.Bias!, fused.BatchNorm.RunningMean!, fused.BatchNorm.RunningVar!);
    }

    [Fact]
    public void NaN_comes_through_as_through_a_ReLU_and_spoils_its_channel_only()
    {
        var x = Data.Normal<float>(1, Shape);
        x[0, 1, 0, 0] = float.NaN;

        var y = new BatchNormReLU(3).Forward(x);

        Assert.True(float.IsNaN(y[2, 1, 3, 3]));
        Assert.False(float.IsNaN(y[0, 0, 0, 0]) || float.IsNaN(y[0, 2, 0, 0]));
    }

    [Theory, InlineData(BatchNormMethod.Fast), InlineData(BatchNormMethod.Careful), InlineData(BatchNormMethod.ByFormula)]
    public void Where_the_output_would_be_exactly_0_nothing_comes_back(BatchNormMethod method)
    {
        var fused = new BatchNormReLU<double>(3) { Method = method };
        fused.Weight.Values.Clear();

        fused.Forward(Data.Normal<double>(1, Shape));
        fused.Backward(Data.Normal<double>(2, Shape));

        Assert.Equal([0, 0, 0], fused.Bias.Gradients.ToArray());
    }

    [Fact]
    public void The_sum_may_go_into_the_residual_and_no_other_memory_may_be_shared()
    {
        var (x, r, dy) = (Data.Normal<float>(1, Shape), Data.Normal<float>(3, Shape), Data.Normal<float>(2, Shape));
        var (fused, other) = (new BatchNormAddReLU(3), new BatchNormAddReLU(3));
        var expected = other.Forward(x, r);

        fused.Forward(x, r, r);

        Close.Assert(expected, r, 0, "y");
        Assert.Throws<ArgumentException>(() => fused.Forward(x, r, x));
        Assert.Throws<ArgumentException>(() => fused.Backward(dy, dy, Data.Normal<float>(4, Shape)));
        Assert.Throws<ArgumentException>(() => fused.Backward(dy, r, Data.Normal<float>(4, Shape)));
        Assert.Throws<ArgumentException>(() => fused.Forward(x, Data.Normal<float>(3, [6, 3, 4, 4])));

        // And a gradient into another, whose own is no longer needed then.
        var (expectedDx, expectedDr) = other.Backward(dy);
        var dx = Data.Normal<float>(4, Shape);
        fused.Backward(dy, dx, dy);
        Close.Assert(expectedDx, dx, 0, "dx");
        Close.Assert(expectedDr, dy, 0, "dr");
    }

    [Fact]
    public void Inference_between_a_sums_passes_leaves_the_gradients_as_they_were()
    {
        var (x, r, dy) = (Data.Normal<float>(1, Shape), Data.Normal<float>(3, Shape), Data.Normal<float>(2, Shape));
        var (disturbed, left) = (new BatchNormAddReLU(3), new BatchNormAddReLU(3));
        disturbed.Forward(x, r);
        left.Forward(x, r);

        disturbed.BatchNorm.Eval();
        disturbed.BatchNorm.GradEnabled = false;
        disturbed.Forward(r, x);

        var ((dx, dr), (expectedDx, expectedDr)) = (disturbed.Backward(dy), left.Backward(dy));
        Close.Assert(expectedDx, dx, 0, "dx");
        Close.Assert(expectedDr, dr, 0, "dr");
    }

    [Fact]
    public void A_sum_without_a_forward_pass_has_no_gradient()
    {
        var fused = new BatchNormAddReLU(3);
        Assert.Throws<InvalidOperationException>(() => fused.Backward(Data.Normal<float>(1, Shape)));

        fused.BatchNorm.GradEnabled = false;
        fused.Forward(Data.Normal<float>(1, Shape), Data.Normal<float>(2, Shape));

        Assert.Throws<InvalidOperationException>(() => fused.Backward(Data.Normal<float>(1, Shape)));
    }

    static void Prepare(BatchNorm2d<double> norm, Func<IReadOnlyDictionary<string, StateTensor>, bool, LoadedState> load, bool training)
    {
        Every.Prepared(norm);
        load(norm.StateDict(), true);
        norm.Train(training);
    }

    static void Same(BatchNorm2d<double> norm, Parameter<double> weight, Parameter<double> bias, Tensor<double> mean, Tensor<double> variance)
    {
        Close.Assert(norm.Weight!.Grad, weight.Grad, 1e-11, "dGamma");
        Close.Assert(norm.Bias!.Grad, bias.Grad, 1e-11, "dBeta");
        Close.Assert(norm.RunningMean!, mean, 1e-13, "running mean");
        Close.Assert(norm.RunningVar!, variance, 1e-13, "running variance");
    }
}
