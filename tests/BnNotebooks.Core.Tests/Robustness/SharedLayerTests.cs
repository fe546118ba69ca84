using System.Numerics.Tensors;
using BnNotebooks.Core.Tests.Arithmetic;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Threads may share a layer for inference; whatever else meets is refused. Many threads at once are in <see cref="Stress"/>.</summary>
[Collection(nameof(Parallelism))]       // what is allocated, and by whom, depends on who else is at work
public class SharedLayerTests
{
    [Theory, InlineData(true, true), InlineData(true, false), InlineData(false, true)]
    public async Task A_pass_that_others_could_spoil_has_the_layer_to_itself(bool training, bool gradEnabled)
    {
        using var layer = new Slow { GradEnabled = gradEnabled };
        layer.Train(training);
        var pass = layer.Begin();

        foreach (var use in new Action[] { () => layer.Forward(Slow.Input), () => layer.Train(), () => layer.GradEnabled = true, () => layer.LoadStateDict(layer.StateDict()) })
            Assert.Contains("This Slow is in use on another thread", Assert.Throws<InvalidOperationException>(use).Message);

        layer.End.Set();
        await pass;
        layer.Forward(Slow.Input);      // and free again
    }

    [Fact]
    public async Task Inference_meets_inference_but_no_change_of_mode_or_state_and_no_backward_pass()
    {
        using var layer = new Slow { GradEnabled = false };
        layer.Eval();
        var passes = new[] { layer.Begin(), layer.Begin() };

        foreach (var use in new Action[] { () => layer.Train(), () => layer.GradEnabled = true, () => layer.LoadStateDict(layer.StateDict()), () => layer.Backward(Slow.Input, Slow.Input) })
            Assert.Contains("in use on another thread", Assert.Throws<InvalidOperationException>(use).Message);

        layer.End.Set();
        await Task.WhenAll(passes);
        layer.Train();
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void A_pass_may_be_shared_in_evaluation_without_gradients_and_if_the_layer_is_frozen_in_training_too(string name)
    {
        var layer = Every<float>.Layers[name].Make();
        foreach (var (training, gradEnabled) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            layer.Train(training);
            layer.GradEnabled = gradEnabled;

            Assert.Equal(!gradEnabled && (!training || layer is FrozenBatchNorm<float>), layer.Inference);
        }
    }

    [Fact]
    public void A_pass_that_fails_leaves_the_layer_free()
    {
        using var layer = new Slow { Fails = true };
        layer.End.Set();

        for (var i = 0; i < 2; i++)
            Assert.Throws<NotSupportedException>(() => layer.Forward(Slow.Input));
    }

    [Fact]
    public void The_mode_may_change_between_a_forward_pass_and_its_backward_pass()
    {
        var (x, dy) = (Data.Normal<float>(seed: 1, [8, 3]), Data.Normal<float>(seed: 2, [8, 3]));
        GhostBatchNorm<float> a = new(new BatchNorm1d(3), 4), b = new(new BatchNorm1d(3), 4);
        a.Forward(x);
        b.Forward(x);

        b.Eval();

        Close.Assert(a.Backward(dy), b.Backward(dy), 0, "gradInput");
    }

    [Fact]
    public void Inference_allocates_nothing_after_the_first_call()
    {
        foreach (var make in new Func<Layer<float>>[]
        {
            () => new BatchNorm2d(6), () => new InstanceNorm2d(6, trackRunningStats: true), () => new GroupNorm(2, 6),
            () => new LayerNorm(5), () => new RmsNorm(5),
        })
            Assert.Equal(0, Allocated.By(() =>
            {
                var layer = make();
                layer.Eval();
                layer.GradEnabled = false;
                Tensor<float>[] inputs = [Data.Normal<float>(seed: 1, [2, 6, 4, 5]), Data.Normal<float>(seed: 2, [90, 6, 40, 5])];
                Tensor<float>[] outputs = [.. inputs.Select(x => layer.Forward(x))];
                return () =>
                {
                    for (var i = 0; i < inputs.Length; i++)
                        layer.Forward(inputs[i], outputs[i]);
                };
            }));
    }

    [Fact]
    public void A_layer_that_is_in_a_network_twice_is_found_however_deep_it_is()
    {
        var (relu, batchNorm) = (new ReLU(), new BatchNorm1d(2));
        foreach (var (make, name) in new (Func<Sequential>, string)[]
        {
            (() => new(relu, new Sequential(new Linear(2, 2), relu)), "layer 1 (Sequential) is there before or has a ReLU inside"),
            (() => new(new Sequential(new Sequential(relu)), relu), "layer 1 (ReLU) is there before"),
            (() => new(batchNorm, new GhostBatchNorm<float>(batchNorm, 2)), "layer 1 (GhostBatchNorm) is there before or has a BatchNorm1d inside"),
            (() => new(new GhostBatchNorm<float>(batchNorm, 2), new Sequential(new GhostBatchNorm<float>(batchNorm, 4))), "has a BatchNorm1d inside"),
        })
            Assert.Contains(name, Assert.Throws<ArgumentException>(make).Message);
    }

    [Fact]
    public void A_layer_that_was_used_elsewhere_since_cannot_take_a_networks_gradient_back()
    {
        var relu = new ReLU();
        Sequential first = new(relu, new Linear(2, 2)), second = new(new Linear(2, 2), relu);
        var y = second.Forward(first.Forward(Data.Normal<float>(seed: 1, [3, 2])));

        var gradient = second.Backward(y);

        var message = Assert.Throws<InvalidOperationException>(() => first.Backward(gradient)).Message;
        Assert.Contains("Layer 0 (ReLU) has made another forward pass", message);
        Assert.Contains("Call Backward before the layer is used again", message);
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void A_parameter_or_an_input_that_has_changed_since_the_forward_pass_is_noticed(string name)
    {
        var (make, shape) = Every<double>.Layers[name];
        var (layer, x, dy) = (make(), Data.Normal<double>(seed: 1, shape), Data.Normal<double>(seed: 2, shape));
        string Complaint() => Assert.Throws<InvalidOperationException>(() => layer.Backward(dy)).Message;
        foreach (var parameter in layer.Parameters)
        {
            layer.Forward(x);
            parameter.Values[^1] += 1;
            Assert.Contains(parameter.Name, Complaint());
        }

        layer.Forward(x);
        Assert.Contains("memory apart from the input's", Assert.Throws<ArgumentException>("gradInput", () => layer.Backward(dy, x)).Message);
        layer.Backward(dy);
        x.Fill(0);
        Assert.Contains("its input has changed since. Call Backward before", Complaint());
    }

    /// <summary>A layer whose forward pass lasts until it is told to end.</summary>
    sealed class Slow : Layer<float>, IDisposable
    {
        readonly SemaphoreSlim begun = new(0);

        public static Tensor<float> Input { get; } = Tensor.CreateFromShape<float>([2]);

        public ManualResetEventSlim End { get; } = new();

        public bool Fails { get; init; }

        public Task Begin()
        {
            var pass = Task.Run(() => Forward(Input));
            while (!begun.Wait(millisecondsTimeout: 100) && !pass.IsCompleted)      // which before it began is a failure
            {
            }
            return pass;
        }

        public void Dispose()
        {
            begun.Dispose();
            End.Dispose();
        }

        protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input) => input;

        protected override void ForwardCore(ReadOnlySpan<float> x, ReadOnlySpan<nint> shape, Span<float> y)
        {
            begun.Release();
            End.Wait();
            if (Fails)
                throw new NotSupportedException();
        }

        protected override void BackwardCore(
            ReadOnlySpan<float> x, ReadOnlySpan<nint> shape, ReadOnlySpan<float> dy, Span<float> dx) => dx.Clear();
    }
}
