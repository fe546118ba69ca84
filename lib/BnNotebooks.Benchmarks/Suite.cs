using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>What is measured: the full suite, and the part of it that takes two minutes.</summary>
internal static class Suite
{
    static readonly Pass[] Passes = Enum.GetValues<Pass>();
    static readonly string[] Settings = [BenchmarkResult.Steady, BenchmarkResult.AsCalled];
    static readonly int[] Threads = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    static readonly int[] DeckTable = [8, 3], DeckFeatures = [22, 102], DeckImages = [20, 120, 55, 65];
    static readonly int[] Wide = [64, 65536], Tall = [65536, 64], Sequence = [32, 256, 196], Volumes = [8, 64, 16, 28, 28];
    static readonly int[] ResNet = [32, 256, 56, 56], ResNetSmall = [8, 64, 56, 56];

    /// <summary>Every layer and pass × shape × threads × setting. Cases on the same input follow one another.</summary>
    public static IReadOnlyList<Workload> Full { get; } =
    [
        .. Cases("batchnorm1d", Passes, DeckTable, DeckFeatures, Tall, Wide, Sequence),
        .. Cases("batchnorm2d", Passes, DeckImages, [32, 64, 56, 56], ResNet, [32, 512, 28, 28], [32, 2048, 7, 7]),
        .. Cases("batchnorm2d", Passes, [1, 64, 56, 56], [2, 64, 56, 56], [4, 64, 56, 56], ResNetSmall),
        .. Cases("batchnorm3d", Passes, Volumes),
        .. Cases("layernorm", Passes, ResNet, ResNetSmall, [64, 1024]),
        .. Cases("groupnorm", Passes, ResNet, ResNetSmall),
        .. Cases("instancenorm", Passes, ResNet, ResNetSmall),
        .. Cases("batchnorm2d", [Pass.TrainForward], [.. Growth()]),
        .. Cases("batchnorm2d+relu", Passes, DeckImages, ResNet, ResNetSmall),
        .. Cases("batchnorm2d+add+relu", Passes, DeckImages, ResNet, ResNetSmall),
    ];

    /// <summary>The part that a change to the kernels is judged by: each case that the project has set a bar for, and a few beside.</summary>
    public static IReadOnlyList<Workload> Quick { get; } =
    [
        .. Cases("batchnorm1d", [Pass.TrainForward], DeckFeatures),
        .. Cases("batchnorm2d", Passes, DeckImages),
        .. Cases("layernorm", [Pass.TrainForward], ResNet).Where(workload => workload.Steady),
        .. Cases("groupnorm", [Pass.TrainForward], ResNet).Where(workload => workload.Steady),
        .. Cases("instancenorm", [Pass.TrainForward], ResNet).Where(workload => workload.Steady),
    ];

    /// <summary>The cases in whose name, shape or setting every word of the filter occurs.</summary>
    public static IReadOnlyList<Workload> Select(bool quick, string? filter)
    {
        var words = (filter ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. (quick ? Quick : Full).Where(workload => words.All(word =>
            workload.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>A run with its results in the full suite's order.</summary>
    public static BenchmarkRun InOrder(BenchmarkRun run)
    {
        var order = Full.Index().ToDictionary(place => place.Item.Key, place => place.Index);
        return run with { Results = [.. run.Results.OrderBy(result => order.GetValueOrDefault(result.Key, int.MaxValue))] };
    }

    static IEnumerable<Workload> Cases(string layer, Pass[] passes, params int[][] shapes) =>
        from shape in shapes
        from setting in Settings
        from pass in passes
        from threads in Threads
        select new Workload(layer, pass, shape, setting, threads);

    // The start is common to the three axes, and measured once.
    static IEnumerable<int[]> Growth() =>
        GrowthShapes.Axes.SelectMany(GrowthShapes.Along).DistinctBy(shape => string.Join('x', shape));
}
