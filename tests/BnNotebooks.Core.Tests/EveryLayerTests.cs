using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>
/// What holds of every layer: whatever way a tensor lies in memory, the numbers are the same; the state goes out and in again.
/// </summary>
public sealed class EveryLayerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-layers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void Each_parameter_and_buffer_has_a_name_of_its_own(string name)
    {
        var layer = Every<double>.Layers[name].Make();
        string[] names = [.. layer.Parameters.Select(parameter => parameter.Name), .. layer.Buffers.Select(buffer => buffer.Name)];

        Assert.All(names, one => Assert.Matches(@"^([a-z0-9_]+\.)*[a-z0-9_]+$", one));
        Assert.Distinct(names);
    }

    [Theory, MemberData(nameof(Every.NameAndMode), MemberType = typeof(Every))]
    public void In_place_gives_the_same_output_and_the_same_gradients(string name, bool training)
    {
        Check<float>();
        Check<double>();

        void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var run = new Run<T>(name, training);
            var (inPlace, keepsNothing) = (run.Another(), run.Another());
            keepsNothing.GradEnabled = false;
            var (x, copy, gradient) = (run.Copy(run.X), run.Copy(run.X), run.Copy(run.Gradient));

            inPlace.Forward(x, x);
            inPlace.Backward(gradient, gradient);
            keepsNothing.Forward(copy, copy);

            Close.Assert(run.Output, x, 0, "output");
            Close.Assert(run.Output, copy, 0, "output where nothing is kept");
            run.SameGradients(inPlace, gradient);
        }
    }

    [Theory, MemberData(nameof(Every.NameAndMode), MemberType = typeof(Every))]
    public void Transposed_views_give_what_their_copies_give_and_nothing_beside_the_output_changes(string name, bool training)
    {
        Check<float>();
        Check<double>();

        void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var run = new Run<T>(name, training);
            var layer = run.Another();
            var output = Enumerable.Repeat(T.CreateChecked(-99), 2 * (int)run.X.FlattenedLength).ToArray();
            var everySecond = new TensorSpan<T>(output, run.X.Lengths, Strides(run.X.Lengths, element: 2));

            layer.Forward(Transposed(run.X), everySecond);
            var gradInput = layer.Backward(Transposed(run.Gradient));

            Close.Assert(run.Output.AsReadOnlyTensorSpan(), everySecond, 0, "output");
            Assert.All(output.Where((_, i) => i % 2 == 1), value => Assert.Equal(T.CreateChecked(-99), value));
            run.SameGradients(layer, gradInput);
        }

        // The same values with the first dimension's neighbours side by side in memory.
        static ReadOnlyTensorSpan<T> Transposed<T>(Tensor<T> tensor) where T : unmanaged
        {
            var strides = Strides(tensor.Lengths, element: 1);
            var view = new TensorSpan<T>(new T[tensor.FlattenedLength], tensor.Lengths, strides);
            tensor.CopyTo(view);
            return view;
        }

        static nint[] Strides(ReadOnlySpan<nint> lengths, nint element)
        {
            var strides = new nint[lengths.Length];
            for (var d = 0; d < lengths.Length; d++)
                (strides[d], element) = (lengths[d] == 1 ? 0 : element, element * lengths[d]);
            return strides;
        }
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void Of_a_span_the_backward_pass_uses_the_values_as_they_were_even_if_the_caller_has_overwritten_them(string name)
    {
        var run = new Run<float>(name, training: true);
        var layer = run.Another();
        var x = run.Copy(run.X);

        layer.Forward(x.AsReadOnlyTensorSpan());
        x.Fill(0);

        run.SameGradients(layer, layer.Backward(run.Gradient));
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void With_GradEnabled_false_the_output_is_the_same_and_there_is_no_way_back(string name)
    {
        var run = new Run<float>(name, training: true);
        var layer = run.Another();
        layer.GradEnabled = false;

        Close.Assert(run.Output, layer.Forward(run.X), 0, "output");
        Assert.Contains("GradEnabled", Assert.Throws<InvalidOperationException>(() => layer.Backward(run.Gradient)).Message);

        // Nor to the pass before.
        run.Layer.GradEnabled = false;
        run.Layer.Forward(run.X);
        Assert.Throws<InvalidOperationException>(() => run.Layer.Backward(run.Gradient));
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void In_half_precision_the_results_are_those_of_float_rounded(string name)
    {
        var (half, single) = (new Run<Half>(name, training: true), new Run<float>(name, training: true));

        // A Half has three digits; values are of size 1 to 10, and parameters and inputs are rounded too.
        Close.Assert<double>(Doubles(single.Output), Doubles(half.Output), 0.03, "output");
        Close.Assert<double>(Doubles(single.GradInput), Doubles(half.GradInput), 0.03, "gradInput");
        foreach (var (expected, actual) in single.Layer.Parameters.Zip(half.Layer.Parameters))
            Close.Assert<double>(Doubles(expected.Grad), Doubles(actual.Grad), 0.03, expected.Name);

        static double[] Doubles<T>(Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(tensor.ToArray(), double.CreateChecked);
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void Gradients_of_the_parameters_add_up_until_they_are_zeroed(string name)
    {
        var run = new Run<double>(name, training: true);
        var once = run.Layer.Parameters.Select(parameter => parameter.Gradients.ToArray()).ToArray();

        run.Layer.Backward(run.Gradient);

        // Double: adding in another order rounds the last digit differently.
        foreach (var (parameter, expected) in run.Layer.Parameters.Zip(once))
            Close.Assert<double>(expected.Select(g => 2 * g).ToArray(), parameter.Gradients.ToArray(), 1e-13, parameter.Name);
        run.Layer.ZeroGrad();
        Assert.All(run.Layer.Parameters, parameter => Assert.False(parameter.Gradients.ContainsAnyExcept(0)));
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void Evaluation_changes_no_state_and_no_sample_sees_another(string name)
    {
        var (layer, shape) = (Every.Prepared(Every<double>.Layers[name].Make()), Every<double>.Layers[name].Shape);
        var x = Data.Normal<double>(seed: 3, shape);
        var size = (int)(x.FlattenedLength / shape[0]);
        var before = Every.State(layer);
        layer.Eval();

        var together = layer.Forward(x).ToArray();
        if (name == "batch norm without statistics")        // it has nothing but the batch to go by
            return;
        var last = layer.Forward(Tensor.Create(x.ToArray()[^size..], [1, .. shape[1..]])).ToArray();

        Assert.Equal(before, Every.State(layer));
        Assert.Equal(last, together[^size..]);
    }

    [Theory, MemberData(nameof(Every.Name), MemberType = typeof(Every))]
    public void A_saved_layer_comes_back_to_the_last_bit_and_does_the_same(string name)
    {
        Check<float>();
        Check<double>();

        void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var file = Path.Combine(folder, "layer.safetensors");
            var (make, shape) = Every<T>.Layers[name];
            var (saved, loaded) = (make(), make());
            foreach (var parameter in saved.Parameters)
                Data.Normal<T>(seed: parameter.Name.Length, parameter.Value.Lengths).FlattenTo(parameter.Values);
            saved.Forward(Data.Normal<T>(seed: 1, shape, mean: 2));

            SafeTensors.Save(file, saved.StateDict());
            loaded.LoadStateDict(SafeTensors.Load(file));

            Assert.Equal(Every.State(saved), Every.State(loaded));
            saved.Eval();
            loaded.Eval();
            var x = Data.Normal<T>(seed: 2, shape);
            Close.Assert(saved.Forward(x), loaded.Forward(x), 0, "output");
        }
    }

    /// <summary>A layer's pass forward and backward, each tensor in memory of its own.</summary>
    sealed class Run<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        readonly string name;
        readonly bool training;

        public Run(string name, bool training)
        {
            (this.name, this.training) = (name, training);
            Layer = Another();
            (X, Gradient) = (Data.Normal<T>(seed: 1, Every<T>.Layers[name].Shape), Data.Normal<T>(seed: 2, Every<T>.Layers[name].Shape));
            Output = Layer.Forward(X);
            GradInput = Layer.Backward(Gradient);
        }

        public Layer<T> Layer { get; }

        public Tensor<T> X { get; }

        public Tensor<T> Gradient { get; }

        public Tensor<T> Output { get; }

        public Tensor<T> GradInput { get; }

        public Layer<T> Another()
        {
            var layer = Every<T>.Layers[name].Make();
            layer.Train(training);
            return layer;
        }

        public Tensor<T> Copy(Tensor<T> tensor) => Tensor.Create(tensor.ToArray(), tensor.Lengths);

        public void SameGradients(Layer<T> layer, Tensor<T> gradInput)
        {
            Close.Assert(GradInput, gradInput, 0, "gradInput");
            foreach (var (expected, actual) in Layer.Parameters.Zip(layer.Parameters))
                Close.Assert(expected.Grad, actual.Grad, 0, $"{expected.Name}.grad");
        }
    }
}
