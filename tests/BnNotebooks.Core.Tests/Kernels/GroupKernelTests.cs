using System.Numerics;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core.Tests.Kernels;

/// <summary>Every way through the fast kernel of layer, group, instance and RMS norm gives what the careful one gives.</summary>
[Collection(nameof(Parallelism))]
public sealed class GroupKernelTests : IDisposable
{
    readonly int threads = Parallelism.NumThreads;

    public void Dispose() => Parallelism.NumThreads = threads;

    // Groups, values of a group, γ and β, values that share them: layer norm, of short rows and long, few and many, and of more
    // γ than are summed by groups, some over 8 MB; group norm of images; of vectors, with few γ and with many; instance norm.
    static readonly (int Groups, int M, int P, int S)[] Shapes =
    [
        (3, 5, 5, 1), (7, 300, 300, 1), (6, 5001, 5001, 1), (300, 7003, 7003, 1), (55, 40_003, 40_003, 1),
        (8, 3 * 49, 12, 49), (640, 3 * 1225, 96, 1225), (10, 4, 20, 1), (8, 20_001, 40_002, 1), (12, 131, 6, 131),
    ];

    public static TheoryData<string, int, int, int, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int, int, int, int>();
        foreach (var (lanes, threads) in new[] { ("512", 1), ("512", 5), ("256", 2), ("128", 2), ("1", 1) })
            foreach (var (groups, m, p, s) in Shapes)
                cases.Add(lanes, threads, groups, m, p, s);
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_float_agrees_with_the_careful_one(string lanes, int threads, int groups, int m, int p, int s) =>
        // Both compute in double and round the result once, so they differ by a unit in the last place at most.
        Compare<float>(Fast<float>(lanes), threads, new(groups, m, p, s), ulp: MathF.BitIncrement(1) - 1);

    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_double_agrees_with_the_careful_one(string lanes, int threads, int groups, int m, int p, int s) =>
        // Sums of up to 40,003 values of size 2, added up in another order.
        Compare<double>(Fast<double>(lanes), threads, new(groups, m, p, s), ulp: 1e-12);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(6)]
    public void The_address_makes_no_difference_even_if_numbers_lie_across_cache_lines(int offset)
    {
        foreach (var shape in new GroupShape[] { new(300, 7003, 7003, 1), new(55, 40_003, 40_003, 1), new(640, 3 * 1225, 96, 1225) })
        {
            var data = new Example<float>(shape);
            var expected = data.Run(new GroupKernel<float>());
            var shifted = data.Run(Fast<float>("512"), offset);

            Close.Relative<float>(expected.Y, shifted.Y, MathF.BitIncrement(1) - 1, $"y of {shape}");
            Close.Relative<float>(expected.Dx, shifted.Dx, MathF.BitIncrement(1) - 1, $"dx of {shape}");
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_single_bit()
    {
        foreach (var (groups, m, p, s) in Shapes)
        {
            var data = new Example<float>(new GroupShape(groups, m, p, s));
            Parallelism.NumThreads = 1;
            var alone = data.Run(Fast<float>("512"));
            foreach (var threads in new[] { 2, 7 })
            {
                Parallelism.NumThreads = threads;
                var shared = data.Run(Fast<float>("512"));

                Assert.Equal(alone.Y, shared.Y);
                Assert.Equal(alone.Dx, shared.Dx);
                Assert.Equal(alone.DGamma, shared.DGamma);
                Assert.Equal(alone.DBeta, shared.DBeta);
            }
        }
    }

    [Fact]
    public void After_the_first_call_nothing_is_allocated()
    {
        Parallelism.NumThreads = 3;
        foreach (var layer in new SampleNorm<float>[]
            { new LayerNorm([64, 30, 31]), new LayerNorm(31), new GroupNorm(8, 64), new InstanceNorm2d(64, affine: true), new RmsNorm(31) })
        {
            var (x, y) = (Data.Normal<float>(seed: 1, [10, 64, 30, 31]), Data.Normal<float>(seed: 2, [10, 64, 30, 31]));
            layer.Forward(x, y);
            layer.Backward(y, y);

            var before = GC.GetAllocatedBytesForCurrentThread();
            layer.Forward(x, y);
            layer.Backward(y, y);

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    static GroupKernel<T> Fast<T>(string lanes) where T : unmanaged, IFloatingPointIeee754<T> => lanes switch
    {
        "1" => new GroupFast<T, Lanes1>(),
        "128" => new GroupFast<T, Lanes128>(),
        "256" => new GroupFast<T, Lanes256>(),
        _ => new GroupFast<T, Lanes512>(),
    };

    static void Compare<T>(GroupKernel<T> fast, int threads, GroupShape shape, double ulp) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parallelism.NumThreads = threads;
        var data = new Example<T>(shape);
        foreach (var (meanOfInput, varianceOfInput, affine) in new[] { (true, true, true), (false, true, false), (false, false, true) })
        {
            var expected = data.Run(new GroupKernel<T>(), 0, meanOfInput, varianceOfInput, affine);
            var actual = data.Run(fast, 0, meanOfInput, varianceOfInput, affine);

            // In double and in another order, sums of up to 40,003 values of size 2, and of up to 24,500 products.
            Close.Relative<double>(expected.Mean, actual.Mean, 1e-12, "mean");
            Close.Relative<double>(expected.Variance, actual.Variance, 1e-11, "variance");
            Close.Relative<double>(expected.DGamma, actual.DGamma, 1e-11, "dGamma");
            Close.Relative<double>(expected.DBeta, actual.DBeta, 1e-11, "dBeta");
            // Where a result is near zero it is a small difference of numbers of size 1, so the allowance is that of 1.
            Close.Relative<T>(expected.Y, actual.Y, ulp, "y");
            Close.Relative<T>(expected.Dx, actual.Dx, ulp, "dx");
            Close.Relative<T>(expected.Dx, actual.InPlace, ulp, "dx in place");
        }
    }

    /// <summary>A made-up input, gradient, γ and β of a shape, and what a kernel makes of them.</summary>
    sealed class Example<T>(GroupShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        readonly T[] x = Uniform(seed: 1, shape.Groups * shape.M);
        readonly T[] dy = Uniform(seed: 2, shape.Groups * shape.M);
        readonly T[] weight = Uniform(seed: 3, shape.P);
        readonly T[] bias = Uniform(seed: 4, shape.P);

        public Results<T> Run(
            GroupKernel<T> kernel, int offset = 0, bool meanOfInput = true, bool varianceOfInput = true, bool affine = true)
        {
            var (mean, variance) = (new double[shape.Groups], new double[shape.Groups]);
            Array.Fill(variance, 0.5);
            var statistics = new GroupStatistics(mean, variance, meanOfInput, varianceOfInput);
            var (dGamma, dBeta) = (new double[shape.P], new double[shape.P]);
            Array.Fill(dGamma, 7);      // to be overwritten
            Span<T> input = At(offset), gradient = At(offset), y = At(offset), dx = At(offset);
            x.CopyTo(input);
            dy.CopyTo(gradient);
            ReadOnlySpan<T> gamma = affine ? weight : [], beta = affine ? bias : [];

            kernel.Forward(input, shape, statistics, 1e-5, gamma, beta, y);
            kernel.Backward(gradient, input, shape, statistics, 1e-5, gamma, dGamma, dBeta, dx);
            kernel.Backward(gradient, input, shape, statistics, 1e-5, gamma, dGamma, dBeta, gradient);
            return new(mean, variance, dGamma, dBeta, y.ToArray(), dx.ToArray(), gradient.ToArray());
        }

        static T[] Uniform(int seed, int count)
        {
            var random = new Random(seed);
            var values = new T[count];
            foreach (ref var value in values.AsSpan())
                value = T.CreateTruncating(random.NextDouble() * 4 - 1.3);
            return values;
        }

        // Memory that begins so many bytes behind the array's first.
        Span<T> At(int offset) =>
            MemoryMarshal.Cast<byte, T>(new byte[x.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() + offset].AsSpan(offset));
    }

    sealed record Results<T>(double[] Mean, double[] Variance, double[] DGamma, double[] DBeta, T[] Y, T[] Dx, T[] InPlace);
}
