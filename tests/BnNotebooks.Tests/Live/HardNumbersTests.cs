using System.Globalization;
using BnNotebooks.Core;
using static TorchSharp.torch;

namespace BnNotebooks.Tests.Live;

public class HardNumbersTests(ITestOutputHelper output)
{
    // By formula is what a textbook would do: it is shown beside the others, and may be worse.
    [Theory]
    [InlineData(LiveLayer.Batch, new[] { BatchNormMethod.Fast, BatchNormMethod.Careful, BatchNormMethod.ByFormula })]
    [InlineData(LiveLayer.Layer, new[] { BatchNormMethod.Fast })]
    [InlineData(LiveLayer.Group, new[] { BatchNormMethod.Fast })]
    [InlineData(LiveLayer.Instance, new[] { BatchNormMethod.Fast })]
    public void On_hard_numbers_our_error_is_at_most_libtorchs_or_a_floats_last_place(LiveLayer layer, BatchNormMethod[] methods)
    {
        var table = new List<string> { $"case,quantity,{string.Join(',', methods)},libtorch" };
        var worse = new List<string>();
        // The largest case takes seconds; the norms within samples share their arithmetic, so one of them is enough.
        foreach (var hard in HardNumbers.All().Where(hard => hard.Samples < 1 << 24 || layer is LiveLayer.Batch or LiveLayer.Layer))
        {
            using var scope = NewDisposeScope();
            set_num_threads(1);
            var c = Case(layer, hard);
            var (input, gradOutput) = (hard.Input(), hard.GradOutput());
            var reference = hard.Reference(input, gradOutput);
            var (x, dy) = (Ordered(layer, input, hard), Ordered(layer, gradOutput, hard));
            var libtorch = OnePass.Torchs(c, OnePass.StateOf<float, float>(c.Make<float>()), x, dy);
            var ours = methods.Select(method => OnePass.Ours((c with { Method = method }).Make<float>(), c, x, dy)).ToArray();

            foreach (var (name, values) in reference.Where(quantity => libtorch.ContainsKey(quantity.Name)))
            {
                var exact = Ordered(layer, values, hard);
                var theirs = HardNumbers.Error(exact, libtorch[name]);
                var errors = ours.Select(numbers => HardNumbers.Error(exact, numbers[name])).ToArray();
                var shown = errors.Append(theirs).Select(error => error.ToString("g3", CultureInfo.InvariantCulture));
                table.Add(string.Join(',', [hard.Name, name, .. shown]));
                // Where both sides are as good as float can be, chance decides: a unit in the last place of the largest number is no error.
                var unit = Numbers.OneRounding<float>() * 2 * exact.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
                if (errors.Where((error, i) => methods[i] != BatchNormMethod.ByFormula && !(error <= Math.Max(theirs, unit))).Any())
                    worse.Add(table[^1]);
            }
        }

        output.WriteLine($"{layer}: largest absolute error against a double-precision reference:\n" + string.Join('\n', table));
        Assert.Empty(worse);
    }

    // What is a channel of a batch for batch norm is a group of a sample for the others, in (N, C) a row and in (1, C, L) a channel.
    static LayerCase Case(LiveLayer layer, HardNumbers hard)
    {
        nint[] shape = layer switch
        {
            LiveLayer.Batch => [hard.Samples, hard.Channels],
            LiveLayer.Layer => [hard.Channels, hard.Samples],
            _ => [1, hard.Channels, hard.Samples],
        };
        return new(layer, Seed: 0, shape, Groups: hard.Channels, LastDimensions: 1, hard.Eps, Affine: layer is LiveLayer.Batch);
    }

    static T[] Ordered<T>(LiveLayer layer, T[] values, HardNumbers hard)
    {
        if (layer is LiveLayer.Batch)
            return values;
        var transposed = new T[values.Length];
        for (var i = 0; i < values.Length; i++)
            transposed[i % hard.Channels * hard.Samples + i / hard.Channels] = values[i];
        return transposed;
    }
}
