using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Zeros, infinities and NaN: where they belong, and nowhere else.</summary>
public class EdgeNumbersTests
{
    // libtorch 2.10 gives these for batch and instance norm, and NaN for layer and group norm.
    public static TheoryData<string> BatchNorms => ["Fast", "Careful", "ByFormula", "ghost", "instance", "instance, not affine", "attentive", "renorm"];

    [Theory, MemberData(nameof(BatchNorms))]
    public void Without_eps_a_constant_channel_gives_zeros_forward_and_backward(string kind)
    {
        Layer<float> layer = kind switch
        {
            "ghost" => new GhostBatchNorm<float>(new BatchNorm1d(2, eps: 0), 3),
            "instance" => new InstanceNorm1d(2, eps: 0, affine: true, trackRunningStats: true),
            "instance, not affine" => new InstanceNorm1d(2, eps: 0),
            "attentive" => new AttentiveNorm(2, eps: 0),
            "renorm" => new BatchRenorm(2, eps: 0),
            _ => new BatchNorm1d(2, eps: 0) { Method = Enum.Parse<BatchNormMethod>(kind) },
        };
        if (layer.Parameters.Count == 2)
            layer.Parameters[1].Values.Fill(7);
        var x = Data.Normal<float>(seed: 1, [3, 2, 4]);
        for (var n = 0; n < 3; n++)
            for (var i = 0; i < 4; i++)
                x[n, 1, i] = 5;

        var (y, dx) = (layer.Forward(x), layer.Backward(Data.Normal<float>(seed: 2, [3, 2, 4])));

        Assert.DoesNotContain(y.ToArray().Concat(dx.ToArray()).Concat(layer.Parameters.SelectMany(p => p.Gradients.ToArray())), float.IsNaN);
        Assert.All(layer.Buffers.Where(b => b.DType == "F32").SelectMany(b => b.To<float>().ToArray()), value => Assert.True(float.IsFinite(value)));
        if (kind is not ("attentive" or "renorm"))
        {
            Assert.Equal(layer.Parameters.Count == 2 ? 7 : 0, y[1, 1, 2]);
            Assert.Equal(0, dx[1, 1, 2]);
        }
    }

    [Theory, InlineData("Fast"), InlineData("Careful"), InlineData("ByFormula"), InlineData("ghost")]
    public void In_evaluation_without_eps_a_running_variance_of_0_gives_infinities_as_in_torch(string kind)
    {
        var batchNorm = new BatchNorm1d(1, eps: 0) { Method = kind == "ghost" ? default : Enum.Parse<BatchNormMethod>(kind) };
        batchNorm.RunningVar![0] = 0;
        Layer<float> layer = kind == "ghost" ? new GhostBatchNorm<float>(batchNorm, 2) : batchNorm;
        layer.Eval();

        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity], layer.Forward(Tensor.Create([1f, -2f], [2, 1])).ToArray());
    }

    [Theory, InlineData("batch", 1), InlineData("batch", 5), InlineData("careful", 5), InlineData("formula", 5), InlineData("instance", 1)]
    [InlineData("instance", 5), InlineData("ghost", 5), InlineData("renorm", 5), InlineData("stochastic", 5)]
    public void In_evaluation_a_NaN_or_infinity_of_the_input_does_not_enter_its_gradient(string kind, int positions)
    {
        Layer<float> layer = kind switch
        {
            "instance" => new InstanceNorm1d(19, trackRunningStats: true),
            "ghost" => new GhostBatchNorm<float>(new BatchNorm1d(19), 3),
            "renorm" => new BatchRenorm(19),
            "stochastic" => new StochasticBatchNorm(19, noiseBatchSize: 32),
            _ => new BatchNorm1d(19) { Method = kind == "careful" ? BatchNormMethod.Careful : kind == "formula" ? BatchNormMethod.ByFormula : BatchNormMethod.Fast },
        };
        layer.Eval();
        Tensor<float> x = Data.Normal<float>(seed: 1, [8, 19, positions]), dy = Data.Normal<float>(seed: 2, [8, 19, positions]);
        layer.Forward(x);
        var expected = layer.Backward(dy);

        (x[1, 2, 0], x[3, 18, 0]) = (float.NaN, float.PositiveInfinity);
        layer.Forward(x);

        Close.Assert(expected, layer.Backward(dy), 0, "gradInput");
    }

    [Fact]
    public void Without_momentum_and_weight_decay_an_infinity_does_not_outlast_its_step()
    {
        var weight = new Parameter<float>("weight", [1], 1);
        var sgd = new Sgd([weight], lr: 0.1);
        weight.Gradients[0] = float.PositiveInfinity;
        sgd.Step();

        weight.Values[0] = 1;
        weight.Gradients[0] = 0.5f;
        sgd.Step();

        Assert.Equal(0.95f, weight.Values[0]);
    }

    [Fact]
    public void Without_weight_decay_an_infinite_parameter_does_not_become_a_NaN()
    {
        var weight = new Parameter<float>("weight", [1], float.PositiveInfinity);
        weight.Gradients[0] = 1;

        new Sgd([weight], lr: 0.1).Step();

        Assert.Equal(float.PositiveInfinity, weight.Values[0]);
    }
}
