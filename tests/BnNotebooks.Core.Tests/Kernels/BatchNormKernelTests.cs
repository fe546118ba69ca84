using System.Numerics;

namespace BnNotebooks.Core.Tests.Kernels;

/// <summary>
/// Every way through the fast kernels gives what the careful one gives: each vector width, one, two and more threads, channels
/// side by side or one after the other, odd lengths, any address.
/// </summary>
[Collection(nameof(Parallelism))]       // the number of threads is one for all
public sealed class BatchNormKernelTests : IDisposable
{
    readonly int threads = Parallelism.NumThreads;

    public void Dispose() => Parallelism.NumThreads = threads;

    // Shapes by what they lead to: a few numbers; odd lengths; blocks of channels, and of one channel; pieces of samples, with
    // channels side by side and one after the other; results large enough to be streamed past the caches, in all of these.
    public static TheoryData<string, int, int, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int, int, int>();
        (int N, int C, int S)[] small = [(2, 1, 1), (22, 102, 1), (3, 7, 1), (5, 3, 2), (4, 5, 17), (2, 3, 33), (1, 2, 131)];
        (int N, int C, int S)[] large = [(64, 5000, 1), (9001, 19, 1), (40, 300, 49), (33, 2, 5003), (300, 37, 225), (60, 37, 1001), (36, 61_000, 1), (50_001, 45, 1)];
        foreach (var (n, c, s) in small)
            foreach (var lanes in new[] { "1", "128", "256", "512" })
                cases.Add(lanes, 1, n, c, s);
        foreach (var (n, c, s) in large)
            foreach (var (lanes, threads) in new[] { ("512", 1), ("512", 5), ("256", 2), ("128", 2), ("1", 1) })
                cases.Add(lanes, threads, n, c, s);
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_float_agrees_with_the_careful_one(string lanes, int threads, int n, int c, int s) =>
        // Both compute in double and round the result once, so they differ by a unit in the last place at most.
        Compare<float>(Fast<float>(lanes), threads, new(n, c, s), ulp: MathF.BitIncrement(1) - 1, sums: 1e-12);

    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_double_agrees_with_the_careful_one(string lanes, int threads, int n, int c, int s) =>
        // Sums of up to 2.4 million values of size 1, added up in another order.
        Compare<double>(Fast<double>(lanes), threads, new(n, c, s), ulp: 1e-12, sums: 1e-12);

    // Over 8 MB, so that results would be streamed if they could be: long rows, short ones, and channels side by side.
    [Theory]
    [InlineData(1, 30, 21, 3601), InlineData(2, 30, 21, 3601), InlineData(3, 30, 21, 3601), InlineData(6, 30, 21, 3601)]
    [InlineData(4, 30, 21, 3601), InlineData(4, 300, 37, 225), InlineData(6, 300, 37, 225), InlineData(4, 50_001, 45, 1), InlineData(6, 50_001, 45, 1)]
    public void The_address_makes_no_difference_even_if_numbers_lie_across_cache_lines(int offset, int n, int c, int s)
    {
        var shape = new ChannelShape(n, c, s);
        var (bytes, target) = (new byte[shape.M * shape.C * 4 + 64], new byte[shape.M * shape.C * 4 + 64]);
        var x = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan(offset, (int)shape.M * shape.C * 4));
        var y = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(target.AsSpan(offset, (int)shape.M * shape.C * 4));
        Fill(x, seed: 5);

        var (mean, variance) = (new double[shape.C], new double[shape.C]);
        Fast<float>("512").Forward(x, shape, mean, variance, 1e-5, [], [], y);

        var expected = new float[x.Length];
        new BatchNormCareful<float>().Forward(x, shape, mean, variance, 1e-5, [], [], expected);
        Close.Relative<float>(expected, y, MathF.BitIncrement(1) - 1, "y");
    }

    [Theory, InlineData(64, 5000, 1), InlineData(9001, 19, 1), InlineData(33, 2, 5003), InlineData(300, 37, 225), InlineData(50_001, 45, 1)]
    public void The_number_of_threads_does_not_change_a_single_bit(int n, int c, int s)
    {
        var shape = new ChannelShape(n, c, s);
        var x = new float[shape.M * c];
        Fill<float>(x, seed: 3);
        float[] Output(int threads)
        {
            Parallelism.NumThreads = threads;
            var y = new float[x.Length];
            BatchNormKernel<float>.For(BatchNormMethod.Fast).Forward(x, shape, new double[c], new double[c], 1e-5, [], [], y);
            return y;
        }

        var alone = Output(1);

        Assert.Equal(alone, Output(2));
        Assert.Equal(alone, Output(7));
    }

    internal static BatchNormKernel<T> Fast<T>(string lanes) where T : unmanaged, IFloatingPointIeee754<T> => lanes switch
    {
        "1" => new BatchNormFast<T, Lanes1>(),
        "128" => new BatchNormFast<T, Lanes128>(),
        "256" => new BatchNormFast<T, Lanes256>(),
        _ => new BatchNormFast<T, Lanes512>(),
    };

    static void Compare<T>(BatchNormKernel<T> fast, int threads, ChannelShape shape, double ulp, double sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parallelism.NumThreads = threads;
        var careful = new BatchNormCareful<T>();
        var count = (int)shape.M * shape.C;
        var (x, dy, weight, bias) = (new T[count], new T[count], new T[shape.C], new T[shape.C]);
        Fill<T>(x, seed: 1);
        Fill<T>(dy, seed: 2);
        Fill<T>(weight, seed: 3);
        Fill<T>(bias, seed: 4);

        var (expected, actual) = (Run(careful), Run(fast));

        Close.Relative<double>(expected.Mean, actual.Mean, sums, "mean");
        Close.Relative<double>(expected.Variance, actual.Variance, sums, "variance");
        Close.Relative<double>(expected.DGamma, actual.DGamma, sums * shape.M, "dGamma");
        Close.Relative<double>(expected.DBeta, actual.DBeta, sums * shape.M, "dBeta");
        // Where a result is near zero it is a small difference of numbers of size 1, so the allowance is that of 1.
        Close.Relative<T>(expected.Trained, actual.Trained, ulp, "y in training");
        Close.Relative<T>(expected.Evaluated, actual.Evaluated, ulp, "y in evaluation");
        Close.Relative<T>(expected.Dx, actual.Dx, ulp, "dx in training");
        Close.Relative<T>(expected.DxOfConstants, actual.DxOfConstants, ulp, "dx in evaluation");
        Close.Relative<T>(expected.Trained, actual.InPlace, ulp, "y in place");

        (double[] Mean, double[] Variance, double[] DGamma, double[] DBeta, T[] Trained, T[] Evaluated, T[] Dx, T[] DxOfConstants,
            T[] InPlace) Run(BatchNormKernel<T> kernel)
        {
            var (mean, variance, dGamma, dBeta) =
                (new double[shape.C], new double[shape.C], new double[shape.C], new double[shape.C]);
            var (trained, evaluated, dx, dxOfConstants, inPlace) =
                (new T[count], new T[count], new T[count], new T[count], (T[])x.Clone());
            kernel.Forward(x, shape, mean, variance, 1e-5, weight, bias, trained);
            kernel.Normalize(x, shape, mean, variance, 1e-5, [], [], evaluated);
            kernel.Backward(dy, x, shape, mean, variance, 1e-5, weight, constantStatistics: true, dGamma, dBeta, dxOfConstants);
            kernel.Backward(dy, x, shape, mean, variance, 1e-5, weight, constantStatistics: false, dGamma, dBeta, dx);
            kernel.Forward(inPlace, shape, new double[shape.C], new double[shape.C], 1e-5, weight, bias, inPlace);
            return (mean, variance, dGamma, dBeta, trained, evaluated, dx, dxOfConstants, inPlace);
        }
    }

    static void Fill<T>(Span<T> values, int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (ref var value in values)
            value = T.CreateTruncating(random.NextDouble() * 2 - 0.7);
    }
}

/// <summary>Tests that set the number of threads run one after the other.</summary>
[CollectionDefinition(nameof(Parallelism), DisableParallelization = true)]
public sealed class ParallelismCollection;
