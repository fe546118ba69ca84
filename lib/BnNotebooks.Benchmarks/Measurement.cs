using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using BnNotebooks.Benchmarking;
using BnNotebooks.Speed;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// Measures one case with BenchmarkDotNet, in this process (it would else generate and build a project for each case). The
/// contestants take turns: a few readings each, then all of them again. A machine's speed drifts, and a ratio is only worth
/// something between neighbours.
/// </summary>
internal static class Measurement
{
    const long FewPages = 100; // an output of 34 MB has 8,000

    static readonly HashSet<(string Case, string Shape)> Measured = [];

    static readonly BenchmarkRunInfo Methods = BenchmarkConverter.TypeToBenchmarks(typeof(Contest), ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(new InProcessNoEmitToolchain(TimeSpan.FromMinutes(10), logOutput: false)))
        .AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
        .WithArtifactsPath(Path.ChangeExtension(BenchmarkFile.LatestPath, null))
        .WithOrderer(new AsGiven()));

    /// <summary>Medians of the case.</summary>
    /// <param name="inputs">Its numbers.</param>
    /// <param name="workload">The case.</param>
    /// <param name="torchCallMs">What an empty call of TorchSharp takes, for the record.</param>
    /// <exception cref="InvalidOperationException">A contestant failed; the message has its error.</exception>
    public static BenchmarkResult Of(Inputs inputs, Workload workload, double torchCallMs)
    {
        using var entrants = new Entrants(inputs, workload);
        Contest.Current = entrants;
        var first = Measured.Add((workload.Case, workload.Shape));
        var turns = OnThread(entrants, () => Turns(entrants, first));
        var summary = BenchmarkRunner.Run(new BenchmarkRunInfo([.. turns], Methods.Type, Methods.Config));
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
            throw new InvalidOperationException($"BenchmarkDotNet could not measure {workload}: {Why(summary)}");

        var readings = Readings(summary);
        double Median(string contestant) => Digits(Quantiles.Median(readings[contestant]));
        double? MedianIfAny(string contestant) => readings.ContainsKey(contestant) ? Median(contestant) : null;
        var result = new BenchmarkResult(workload.Case, workload.Shape, workload.Setting, workload.Threads,
            OursMs: Median(nameof(Contest.Ours)), OursP95Ms: Digits(Quantiles.Of(readings[nameof(Contest.Ours)], 0.95)),
            Median(nameof(Contest.Torch)), MedianIfAny(nameof(Contest.TorchChannelsLast)), MedianIfAny(nameof(Contest.Onnx)),
            Median(nameof(Contest.Scalar)), MedianIfAny(nameof(Contest.Unfused)),
            Median(nameof(Contest.Copy)), Median(nameof(Contest.StreamingCopy)),
            OnThread(entrants, () => AllocatedBytes(entrants.Ours)), OnThread(entrants, () => FreshPages(entrants.Ours)),
            RivalFreshPages: null, torchCallMs);
        var rivalPages = OnThread(entrants, () => FreshPages(entrants.Rival(result.BestRival)));
        if (workload.Steady && rivalPages > FewPages)
            Console.Error.WriteLine($"{workload}: {result.BestRival} takes {rivalPages} fresh pages a call, so its time is not that of a steady state.");
        return result with { RivalFreshPages = rivalPages };
    }

    /// <summary>A time to four significant digits.</summary>
    public static double Digits(double ms)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(ms)) - 3);
        return double.Round(Math.Round(ms / unit) * unit, 12);
    }

    // Round by round, so that the contestants alternate.
    static List<BenchmarkCase> Turns(Entrants entrants, bool first)
    {
        var paces = Methods.BenchmarksCases
            .Select(method => (Method: method, Contestant: entrants[method.Descriptor.WorkloadMethod.Name]))
            .Where(entry => entry.Contestant is not null)
            .ToDictionary(entry => entry.Method, entry => Pace.Of(entry.Contestant!, first));
        var turns =
            from round in Enumerable.Range(1, Pace.MostRounds)
            from entry in paces
            let method = entry.Key
            let pace = entry.Value
            where round <= pace.Rounds
            let job = method.Job
                .WithId($"round {round}, {method.Descriptor.WorkloadMethod.Name}")
                .WithInvocationCount(pace.Invocations)
                .WithUnrollFactor(1)
                .WithWarmupCount(pace.WarmUps)
                .WithIterationCount(pace.Iterations)
                .WithEvaluateOverhead(false) // that of a loop: a nanosecond
                .WithGcForce(false) // collections happen when they would happen
            select BenchmarkCase.Create(method.Descriptor, job, method.Parameters, method.Config);
        return [.. turns];
    }

    /// <summary>Milliseconds of a call in each reading, by contestant.</summary>
    static Dictionary<string, double[]> Readings(Summary summary) => summary.Reports
        .GroupBy(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name)
        .ToDictionary(group => group.Key, group => group
            .SelectMany(report => report.AllMeasurements)
            .Where(reading => reading is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
            .Select(reading => reading.Nanoseconds / reading.Operations / 1e6).ToArray());

    /// <summary>
    /// Managed bytes a call, of all threads together: the least of a few, because the runtime's own threads allocate now and then.
    /// </summary>
    static long AllocatedBytes(Contestant ours)
    {
        const int Attempts = 5;
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            ours.Call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }

    /// <summary>Pages that a call has mapped: the middle one of a few calls, or null where the system does not say. None, where memory is used again.</summary>
    static long? FreshPages(Contestant contestant)
    {
        const int Calls = 5;
        var pages = new double[Calls];
        for (var call = 0; call < Calls; call++)
        {
            if (Pages.Faults() is not { } before)
                return null;
            contestant.Call();
            pages[call] = (Pages.Faults() ?? before) - before;
        }
        return (long)Quantiles.Median(pages);
    }

    /// <summary>
    /// On a thread that ends afterwards, as BenchmarkDotNet's do. Each thread that calls libtorch gets a team of OpenMP
    /// threads, and with more of them than cores those no longer wait awake, which makes small parallel work slow.
    /// </summary>
    static T OnThread<T>(Entrants entrants, Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                using (entrants.EnterThread())
                    done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        thread.Start();
        thread.Join();
        return done.Task.GetAwaiter().GetResult();
    }

    static string Why(Summary summary) => string.Join("; ", summary.ValidationErrors.Select(error => error.Message)
        .Concat(summary.Reports.SelectMany(report => report.ExecuteResults).SelectMany(result => result.Errors)).Distinct());

    /// <summary>Keeps the turns in the order that they were given in.</summary>
    sealed class AsGiven : DefaultOrderer
    {
        public override IEnumerable<BenchmarkCase> GetExecutionOrder(
            System.Collections.Immutable.ImmutableArray<BenchmarkCase> benchmarksCase,
            IEnumerable<BenchmarkLogicalGroupRule>? order = null) => benchmarksCase;
    }
}
