using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BnNotebooks.Core.Tests.Arithmetic;

/// <summary>
/// Every way through the fast arithmetic gives what the careful one gives: each vector width, one, two and more threads, channels side by
/// side or one after the other, within samples and across them, odd lengths, any address.
/// </summary>
[Collection(nameof(Parallelism))]       // the number of threads is one for all
public sealed class FastTests : IDisposable
{
    readonly (int Threads, int OfCore, int Shared) machine = (Parallelism.NumThreads, CacheSizes.OfCore, CacheSizes.Shared);

    // Caches so small that a megabyte is a large input.
    public FastTests() => (CacheSizes.OfCore, CacheSizes.Shared) = (256 << 10, 2 << 20);

    public void Dispose() => (Parallelism.NumThreads, CacheSizes.OfCore, CacheSizes.Shared) = machine;

    // By what they lead to: a few numbers; odd lengths; short and long rows; several samples taken for one, with and without some left.
    static readonly NormShape[] Small =
    [
        Batch(2, 1, 1), Batch(22, 102, 1), Batch(3, 7, 1), Batch(170, 7, 1), Batch(5, 3, 2), Batch(4, 5, 17), Batch(2, 3, 33), Batch(1, 2, 131),
        Last(3, 5), Last(7, 300), Last(6, 5001), Group(2, 12, 49, 4), Group(2, 20, 1, 5), Group(2, 6, 131, 6),
    ];

    // Blocks of channels, and of one channel; pieces of samples; more γ than are summed up by pieces; results large enough to be streamed
    // past the caches, in all of these.
    static readonly NormShape[] Large =
    [
        Batch(64, 1500, 1), Batch(9001, 19, 1), Batch(40, 300, 49), Batch(33, 2, 5003), Batch(100, 37, 225), Batch(30, 37, 1001),
        Batch(36, 9000, 1), Batch(10_001, 45, 1), Batch(17_000, 64, 1),
        Last(100, 7003), Last(9, 40_003), Last(9, 40_064), Last(1000, 1024), Group(10, 96, 325, 32), Group(4, 40_002, 1, 2), Group(20, 64, 999, 64),
    ];

    public static TheoryData<string, int, int, bool> Cases()
    {
        var cases = new TheoryData<string, int, int, bool>();
        for (var i = 0; i < Small.Length; i++)
            foreach (var lanes in new[] { "1", "128", "256", "512" })
                cases.Add(lanes, 1, i, false);
        for (var i = 0; i < Large.Length; i++)
            foreach (var (lanes, threads) in new[] { ("512", 5), ("256", 2), ("128", 1) })
                cases.Add(lanes, threads, i, true);
        return cases;
    }

    // Beside the careful one, which rounds a result once, four or five operations round here, and the sums of a few hundred values; of
    // numbers of size 1 to 4 that is a few units of 2⁻²³ at most.
    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_float_agrees_with_the_careful_one(string lanes, int threads, int shape, bool large) =>
        Compare<float>(lanes, threads, large ? Large[shape] : Small[shape], results: 1e-6, sums: 1e-6);

    // Sums of up to 4.5 million values of size 1, added up in another order.
    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_in_double_agrees_with_the_careful_one(string lanes, int threads, int shape, bool large) =>
        Compare<double>(lanes, threads, large ? Large[shape] : Small[shape], results: 1e-12, sums: 1e-12);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(6)]
    public void The_address_makes_no_difference_even_if_numbers_lie_across_cache_lines(int offset)
    {
        foreach (var shape in Large)
        {
            var data = new Example<float>(shape);
            var (straight, shifted) = (data.Run(Way<float>("512"), affine: true), data.Run(Way<float>("512"), affine: true, offset));

            Assert.Equal(straight.Y, shifted.Y);
            Assert.Equal(straight.Dx, shifted.Dx);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_single_bit()
    {
        foreach (var shape in Large)
        {
            var data = new Example<float>(shape);
            Parallelism.NumThreads = 1;
            var alone = data.Run(Way<float>("512"), affine: true);
            foreach (var threads in new[] { 2, 7 })
            {
                Parallelism.NumThreads = threads;
                var shared = data.Run(Way<float>("512"), affine: true);

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
        foreach (var make in new Func<Layer<float>>[]
        {
            () => new BatchNorm2d(64), () => new LayerNorm([64, 30, 31]), () => new LayerNorm(31), () => new GroupNorm(8, 64),
            () => new InstanceNorm2d(64, affine: true), () => new RmsNorm(31),
        })
            Assert.Equal(0, Allocated.By(() =>
            {
                var layer = make();
                var (x, y) = (Data.Normal<float>(seed: 1, [10, 64, 30, 31]), Data.Normal<float>(seed: 2, [10, 64, 30, 31]));
                void Call()
                {
                    layer.Forward(x, y);
                    layer.Backward(y, y);
                }
                Call();
                return Call;
            }));
    }

    internal static NormArithmetic<T> Way<T>(string lanes) where T : unmanaged, IFloatingPointIeee754<T> => lanes switch
    {
        "1" => new Fast<T, Lanes1<T>>(),
        "128" => new Fast<T, Lanes128<T>>(),
        "256" => new Fast<T, Lanes256<T>>(),
        _ => new Fast<T, Lanes512<T>>(),
    };

    static NormShape Batch(int n, int c, int s) => NormShape.Batch([n, c, s]);

    static NormShape Last(int n, int values) => NormShape.Last([n, values], 1);

    static NormShape Group(int n, int c, int s, int groups) => NormShape.Group([n, c, s], groups);

    static void Compare<T>(string lanes, int threads, NormShape shape, double results, double sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parallelism.NumThreads = threads;
        var data = new Example<T>(shape);
        foreach (var (meanOfInput, varianceOfInput, affine) in new[] { (true, true, true), (false, !shape.Across, false) })
        {
            var expected = data.Run(new Careful<T>(), affine, 0, meanOfInput, varianceOfInput);
            var actual = data.Run(Way<T>(lanes), affine, 0, meanOfInput, varianceOfInput);

            Close.Relative<double>(expected.Mean, actual.Mean, sums, "mean");
            Close.Relative<double>(expected.Variance, actual.Variance, sums, "variance");
            // Sums of products of either sign: relative to how large they would be if none cancelled.
            var perChannel = (double)shape.Length / shape.C;
            Close.Relative<double>(Over(expected.DGamma, perChannel), Over(actual.DGamma, perChannel), sums, "dGamma");
            Close.Relative<double>(Over(expected.DBeta, perChannel), Over(actual.DBeta, perChannel), sums, "dBeta");
            // Where a result is near zero it is a small difference of numbers of size 1, so the allowance is that of 1.
            Close.Relative<T>(expected.Y, actual.Y, results, "y");
            Close.Relative<T>(expected.Known, actual.Known, results, "y by known statistics");
            Close.Relative<T>(expected.YInPlace, actual.YInPlace, results, "y in place");
            Close.Relative<T>(expected.Dx, actual.Dx, results, "dx");
            Close.Relative<T>(expected.Dx, actual.DxInPlace, results, "dx in place");
            Close.Relative<T>(expected.DxInTwo, actual.DxInTwo, results, "dx in two steps");
            if (!shape.Across)
                continue;
            Close.Relative<T>(expected.Rectified, actual.Rectified, results, "max(0, y)");
            Close.Relative<T>(expected.RectifiedSum, actual.RectifiedSum, results, "max(0, y + r)");
            Close.Relative<T>(expected.DxOfSum, actual.DxOfSum, results, "dx through max(0, y + r)");
            Close.Relative<T>(expected.DResidual, actual.DResidual, 0, "dr");
            Close.Relative<T>(expected.DxOfRectified, actual.DxOfRectified, results, "dx through max(0, y)");
        }
    }

    static double[] Over(double[] sums, double count) => Array.ConvertAll(sums, sum => sum / count);

    /// <summary>A made-up input, gradient, γ and β of a shape, and what an arithmetic makes of them.</summary>
    sealed class Example<T>(NormShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        readonly T[] x = Uniform(seed: 1, shape.Length);
        readonly T[] dy = Uniform(seed: 2, shape.Length);
        readonly T[] weight = Uniform(seed: 3, shape.C);
        readonly T[] bias = Uniform(seed: 4, shape.C);
        readonly T[] residual = Uniform(seed: 5, shape.Length);
        readonly Dictionary<bool, T[]> exact = [];      // y, by whether there are γ and β

        public Results<T> Run(NormArithmetic<T> arithmetic, bool affine, int offset = 0, bool meanOfInput = true, bool varianceOfInput = true)
        {
            var (mean, variance) = (new double[shape.Sets], new double[shape.Sets]);
            Array.Fill(variance, 0.5);
            var (dGamma, dBeta, sum, projection) = (new double[shape.C], new double[shape.C], new double[shape.Sets], new double[shape.Sets]);
            Array.Fill(dGamma, 7);      // to be overwritten
            var by = new NormStatistics(mean, variance, meanOfInput, varianceOfInput);
            var sums = new NormGradients(dGamma, dBeta, sum, projection);
            Span<T> input = At(offset), gradient = At(offset), y = At(offset), dx = At(offset), known = At(offset), dxInTwo = At(offset);
            x.CopyTo(input);
            dy.CopyTo(gradient);
            ReadOnlySpan<T> gamma = affine ? weight : [], beta = affine ? bias : [];

            arithmetic.Forward(input, shape, by, 1e-5, gamma, beta, y);
            arithmetic.Normalize(input, shape, by, 1e-5, [], [], known);
            arithmetic.GradientSums(gradient, input, shape, by, 1e-5, gamma, sums);
            arithmetic.InputGradient(gradient, input, shape, by, 1e-5, gamma, sums, shape.M, dxInTwo);
            arithmetic.Backward(gradient, input, shape, by, 1e-5, gamma, sums, dx);
            arithmetic.Backward(gradient, input, shape, by, 1e-5, gamma, sums, gradient);
            var inPlace = input.ToArray();
            arithmetic.Forward(inPlace, shape, by, 1e-5, gamma, beta, inPlace);
            var results = new Results<T>(mean, variance, [.. dGamma], [.. dBeta], y.ToArray(), known.ToArray(), inPlace, dx.ToArray(), gradient.ToArray(), dxInTwo.ToArray());
            if (!shape.Across)
                return results;

            var (rectified, rectifiedSum, dxOfRectified, dxOfSum, dResidual) = (new T[x.Length], new T[x.Length], new T[x.Length], new T[x.Length], new T[x.Length]);
            arithmetic.ForwardReLU(x, [], shape, by, 1e-5, gamma, beta, rectified);
            arithmetic.ForwardReLU(x, residual, shape, by, 1e-5, gamma, beta, rectifiedSum);
            // Where y or y + r is 0 but for rounding, its sign is chance: the gradient of such places is made 0.
            var near = T.CreateTruncating(1e-4);
            var exactly = exact.TryGetValue(affine, out var first) ? first : exact[affine] = results.Y;      // the careful one comes first
            var clear = dy.Select((g, i) => T.Abs(exactly[i]) < near || T.Abs(exactly[i] + residual[i]) < near ? T.Zero : g).ToArray();
            arithmetic.BackwardReLU(clear, x, [], shape, by, 1e-5, gamma, beta, sums, dxOfRectified, []);
            arithmetic.BackwardReLU(clear, x, rectifiedSum, shape, by, 1e-5, gamma, beta, sums, dxOfSum, dResidual);
            return results with { Rectified = rectified, RectifiedSum = rectifiedSum, DxOfRectified = dxOfRectified, DxOfSum = dxOfSum, DResidual = dResidual };
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
        Span<T> At(int offset) => MemoryMarshal.Cast<byte, T>(new byte[x.Length * Unsafe.SizeOf<T>() + offset].AsSpan(offset));
    }

    sealed record Results<T>(
        double[] Mean, double[] Variance, double[] DGamma, double[] DBeta, T[] Y, T[] Known, T[] YInPlace, T[] Dx, T[] DxInPlace, T[] DxInTwo)
    {
        public T[] Rectified { get; init; } = [];
        public T[] RectifiedSum { get; init; } = [];
        public T[] DxOfRectified { get; init; } = [];
        public T[] DxOfSum { get; init; } = [];
        public T[] DResidual { get; init; } = [];
    }
}

/// <summary>Tests that set the number of threads run one after the other.</summary>
[CollectionDefinition(nameof(Parallelism), DisableParallelization = true)]
public sealed class ParallelismCollection;
