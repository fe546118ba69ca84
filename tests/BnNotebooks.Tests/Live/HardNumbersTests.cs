using System.Globalization;
using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Tests.Live;

public class HardNumbersTests(ITestOutputHelper output)
{
    [Fact]
    public void On_hard_numbers_our_error_is_at_most_libtorchs()
    {
        var table = new List<string> { "case,quantity,fast,careful,by formula,libtorch" };
        var worse = new List<string>();
        foreach (var hard in HardNumbers.All())
        {
            var (x, dy) = (hard.Input(), hard.GradOutput());
            var reference = hard.Reference(x, dy);
            var fast = Errors(reference, Ours(hard, x, dy, BatchNormMethod.Fast));
            var careful = Errors(reference, Ours(hard, x, dy, BatchNormMethod.Careful));
            var byFormula = Errors(reference, Ours(hard, x, dy, BatchNormMethod.ByFormula));
            var libtorch = Errors(reference, Libtorch(hard, x, dy));
            for (var i = 0; i < reference.Length; i++)
            {
                table.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{hard.Name},{reference[i].Name},{fast[i]:g3},{careful[i]:g3},{byFormula[i]:g3},{libtorch[i]:g3}"));
                // A thousandth for the rounding of the reference, where both sides are as good as float can be.
                if (!(Math.Max(fast[i], careful[i]) <= 1.001 * libtorch[i]))
                    worse.Add(table[^1]);
            }
        }

        output.WriteLine("Largest absolute error against a double-precision reference:\n" + string.Join('\n', table));
        Keep(table);
        Assert.Empty(worse);
    }

    // For the benchmarks notebook: out/hard-numbers.csv.
    private static void Keep(IEnumerable<string> table)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "BnNotebooks.sln")))
            root = root.Parent;
        if (root is null)
            return;
        var file = Path.Combine(root.CreateSubdirectory("out").FullName, "hard-numbers.csv");
        File.WriteAllLines(file + ".tmp", table);
        File.Move(file + ".tmp", file, overwrite: true);
    }

    private static float[][] Ours(HardNumbers hard, float[] x, float[] dy, BatchNormMethod method)
    {
        nint[] shape = [hard.Samples, hard.Channels];
        var layer = new BatchNorm1d(hard.Channels, hard.Eps) { Method = method };
        var (y, dx) = (new float[x.Length], new float[x.Length]);
        layer.Forward(new ReadOnlyTensorSpan<float>(x, shape), new TensorSpan<float>(y, shape));
        layer.Backward(new ReadOnlyTensorSpan<float>(dy, shape), new TensorSpan<float>(dx, shape));
        return [y, dx, layer.Bias!.Gradients.ToArray(), Array(layer.RunningMean!), Array(layer.RunningVar!)];
    }

    private static float[][] Libtorch(HardNumbers hard, float[] x, float[] dy)
    {
        float[] ones = [.. Enumerable.Repeat(1f, hard.Channels)];
        var layer = new TorchBatchNorm<float>(hard.Channels, hard.Eps, 0.1, ones, new float[hard.Channels], trackRunningStats: true);
        var (y, dx, _, dBeta) = layer.Step(x, [hard.Samples, hard.Channels], dy, training: true);
        return [y, dx, dBeta!, layer.RunningMean!, layer.RunningVar!];
    }

    private static double[] Errors((string Name, double[] Values)[] reference, float[][] values) =>
        [.. reference.Zip(values, (exact, computed) => HardNumbers.Error(exact.Values, computed))];

    private static float[] Array(Tensor<float> tensor)
    {
        var values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }
}
