namespace BnNotebooks.Core.Tests.Kernels;

/// <summary>Every way through the fast kernel of layer, group, instance and RMS norm gives what the careful one gives.</summary>
[Collection(nameof(Parallelism))]
public sealed class GroupKernelTests : IDisposable
{
    private readonly int threads = Parallelism.NumThreads;

    public void Dispose() => Parallelism.NumThreads = threads;

    // Groups, values of a group, γ and β, values that share them: layer norm, short, long and over 8 MB; group norm of images and
    // of vectors; instance norm.
    public static TheoryData<string, int, int, int, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int, int, int, int>();
        (int Groups, int M, int P, int S)[] shapes =
        [
            (3, 5, 5, 1), (7, 300, 300, 1), (6, 5001, 5001, 1), (55, 40_003, 40_003, 1),
            (8, 3 * 49, 12, 49), (640, 3 * 1225, 96, 1225), (10, 4, 20, 1), (12, 131, 6, 131),
        ];
        foreach (var (lanes, threads) in new[] { ("512", 1), ("512", 5), ("256", 2), ("128", 2), ("1", 1) })
            foreach (var (groups, m, p, s) in shapes)
                cases.Add(lanes, threads, groups, m, p, s);
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_way_of_computing_agrees_with_the_careful_one(string lanes, int threads, int groups, int m, int p, int s)
    {
        Parallelism.NumThreads = threads;
        var shape = new GroupShape(groups, m, p, s);
        var (x, weight, bias) = (Data.Normal<float>(1, [groups * m], mean: 2).ToArray(), Data.Normal<float>(2, [p]).ToArray(), Data.Normal<float>(3, [p]).ToArray());
        GroupKernel<float> fast = lanes switch
        {
            "1" => new GroupFast<float, Lanes1>(),
            "128" => new GroupFast<float, Lanes128>(),
            "256" => new GroupFast<float, Lanes256>(),
            _ => new GroupFast<float, Lanes512>(),
        };

        foreach (var (meanOfInput, varianceOfInput) in new[] { (true, true), (false, true), (false, false) })
        {
            var (expected, expectedStatistics) = Run(new GroupKernel<float>(), meanOfInput, varianceOfInput);
            var (actual, statistics) = Run(fast, meanOfInput, varianceOfInput);

            for (var group = 0; group < groups; group++)
            {
                // Sums of up to 40,003 values of size 2, in double and in another order.
                Assert.Equal(expectedStatistics.Mean[group], statistics.Mean[group], 1e-12);
                Assert.Equal(expectedStatistics.Variance[group], statistics.Variance[group], 1e-11);
            }
            // Both round once, from double: a unit in the last place, of 1 where the result is smaller.
            for (var i = 0; i < x.Length; i++)
                if (!(Math.Abs(expected[i] - actual[i]) <= (MathF.BitIncrement(1) - 1) * Math.Max(1, Math.Abs(expected[i]))))
                    Assert.Fail($"y[{i}]: expected {expected[i]:r}, got {actual[i]:r}");
        }

        (float[] Y, GroupStatistics Statistics) Run(GroupKernel<float> kernel, bool meanOfInput, bool varianceOfInput)
        {
            var (y, statistics) = (new float[x.Length], new GroupStatistics());
            statistics.Prepare(groups, meanOfInput, varianceOfInput);
            if (!varianceOfInput)
                Array.Fill(statistics.Variance, 0.5);
            kernel.Forward(x, shape, statistics, 1e-5, weight, bias, y);
            return (y, statistics);
        }
    }
}
