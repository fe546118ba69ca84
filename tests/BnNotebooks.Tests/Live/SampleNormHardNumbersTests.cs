using System.Globalization;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Tests.Live;

/// <summary>The hard numbers of batch norm for the norms within samples: what was a channel of a batch becomes a group of a sample.</summary>
public class SampleNormHardNumbersTests(ITestOutputHelper output)
{
    [Theory, InlineData("layer norm"), InlineData("group norm"), InlineData("instance norm")]
    public void On_hard_numbers_our_error_is_at_most_libtorchs(string name)
    {
        var table = new List<string> { "case,quantity,ours,libtorch" };
        var worse = new List<string>();
        // The largest case takes seconds; the three share their arithmetic, so one of them is enough.
        foreach (var hard in HardNumbers.All().Where(hard => hard.Samples < 1 << 24 || name == "layer norm"))
        {
            var (x, dy) = (hard.Input(), hard.GradOutput());
            var reference = hard.Reference(x, dy);
            var (rows, gradientRows) = (Transposed(x, hard.Channels), Transposed(dy, hard.Channels));
            // (N, C): a row is a group. (1, C, L): so is a channel of the one sample.
            nint[] shape = name == "layer norm" ? [hard.Channels, hard.Samples] : [1, hard.Channels, hard.Samples];
            var ours = Ours(name, hard, shape, rows, gradientRows);
            var libtorch = Libtorch(name, hard, shape, rows, gradientRows);
            foreach (var (quantity, mine, theirs) in new[]
            {
                ("output", ours.Output, libtorch.Output),
                ("grad_input", ours.GradInput, libtorch.GradInput),
            })
            {
                var exact = Transposed(reference.Single(r => r.Name == quantity).Values, hard.Channels);
                var (error, libtorchError) = (HardNumbers.Error(exact, mine), HardNumbers.Error(exact, theirs));
                table.Add(string.Create(CultureInfo.InvariantCulture, $"{hard.Name},{quantity},{error:g3},{libtorchError:g3}"));
                // A thousandth for the rounding of the reference, where both sides are as good as float can be.
                if (!(error <= 1.001 * libtorchError))
                    worse.Add(table[^1]);
            }
        }

        output.WriteLine($"{name}: largest absolute error against a double-precision reference:\n" + string.Join('\n', table));
        Assert.Empty(worse);
    }

    private static (float[] Output, float[] GradInput) Ours(string name, HardNumbers hard, nint[] shape, float[] x, float[] dy)
    {
        SampleNorm<float> layer = name switch
        {
            "layer norm" => new LayerNorm(hard.Samples, hard.Eps, elementwiseAffine: false),
            "group norm" => new GroupNorm(hard.Channels, hard.Channels, hard.Eps),
            _ => new InstanceNorm1d(hard.Channels, hard.Eps),
        };
        var (y, dx) = (new float[x.Length], new float[x.Length]);
        layer.Forward(new ReadOnlyTensorSpan<float>(x, shape), new TensorSpan<float>(y, shape));
        layer.Backward(new ReadOnlyTensorSpan<float>(dy, shape), new TensorSpan<float>(dx, shape));
        return (y, dx);
    }

    private static (float[] Output, float[] GradInput) Libtorch(string name, HardNumbers hard, nint[] shape, float[] x, float[] dy)
    {
        using var scope = torch.NewDisposeScope();
        torch.set_num_threads(1);
        long[] lengths = [.. shape.Select(length => (long)length)];
        var input = torch.tensor(x, lengths, requires_grad: true);
        var y = name switch
        {
            "layer norm" => torch.nn.functional.layer_norm(input, [hard.Samples], null, null, hard.Eps),
            "group norm" => torch.nn.functional.group_norm(input, hard.Channels, null, null, hard.Eps),
            _ => torch.nn.functional.instance_norm(input, eps: hard.Eps),
        };
        y.backward([torch.tensor(dy, lengths)]);
        return (y.data<float>().ToArray(), input.grad!.data<float>().ToArray());
    }

    private static T[] Transposed<T>(T[] values, int columns)
    {
        var rows = values.Length / columns;
        var transposed = new T[values.Length];
        for (var i = 0; i < values.Length; i++)
            transposed[i % columns * rows + i / columns] = values[i];
        return transposed;
    }
}
