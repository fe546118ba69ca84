using System.Diagnostics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Runs <see cref="Stress"/> in a process of its own, which may crash or hang without taking the other tests along.</summary>
public class StressTests
{
    [Fact]
    public async Task Many_threads_and_interrupts_neither_crash_nor_hang_the_process_nor_spoil_a_value()
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "BnNotebooks.Core.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        using var process = Process.Start(new ProcessStartInfo(executable, ["-class", typeof(Stress).FullName!, "-explicit", "only"])
        {
            RedirectStandardOutput = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        string output;
        try
        {
            output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);      // if it hangs, which has thrown
        }
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}.\n{output}");
        Assert.Contains("Total: 3", output);
    }
}

/// <summary>What <see cref="StressTests"/> runs; each for three seconds.</summary>
public class Stress
{
    private const int Threads = 6;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    // Small, and so large that the worker threads share in them.
    private static readonly nint[] Samples = [1, 3, 40, 700];

    [Fact(Explicit = true)]
    public void Threads_that_share_layers_for_inference_all_get_the_right_values()
    {
        Layer<float>[] layers =
        [
            .. Normalizations.Names.Select(name => new Mlp([8, 24, 24, 4], name)),
            new BatchNorm2d(8), new InstanceNorm2d(8, trackRunningStats: true), new GroupNorm(2, 8), new LayerNorm([8, 9, 9]), new SwitchableNorm(8),
            new Sequential(new BatchNorm2d(8), new Sequential(new ReLU(), new AttentiveNorm(8))), new BatchNorm2d(8) { Method = BatchNormMethod.ByFormula },
        ];
        var jobs = new List<(Layer<float> Layer, Tensor<float> Input, float[] Expected)>();
        foreach (var layer in layers)
        {
            var shape = layer is Mlp ? (nint[])[8] : [8, 9, 9];
            layer.Forward(Data.Normal<float>(seed: 1, [20, .. shape], mean: 1));
            layer.Eval();
            layer.GradEnabled = false;
            foreach (var n in Samples)
            {
                var x = Data.Normal<float>(seed: 2, [n, .. shape]);
                jobs.Add((layer, x, layer.Forward(x).ToArray()));
            }
        }

        OnThreads(random =>
        {
            var (layer, x, expected) = jobs[random.Next(jobs.Count)];
            for (var i = 0; i < 3; i++)
                Assert.Equal(expected, layer.Forward(x).ToArray());
        });
    }

    [Fact(Explicit = true)]
    public void Threads_that_share_a_layer_for_training_get_the_right_values_or_an_exception()
    {
        Layer<double>[] layers = [new BatchNorm1d<double>(5), new GroupNorm<double>(1, 5), new LayerNorm<double>(5), new GhostBatchNorm<double>(new BatchNorm1d<double>(5), 4)];
        Tensor<double>[] inputs = [.. Samples.Select(n => Data.Normal<double>(seed: 3, [2 * n, 5]))];
        var expected = layers.Select(layer => inputs.Select(x => layer.Forward(x).ToArray()).ToArray()).ToArray();
        var right = 0;

        OnThreads(random =>
        {
            var (i, j) = (random.Next(layers.Length), random.Next(inputs.Length));
            try
            {
                Assert.Equal(expected[i][j], layers[i].Forward(inputs[j]).ToArray());
                Interlocked.Increment(ref right);
            }
            catch (InvalidOperationException)
            {
            }
        });

        Assert.True(right > 100);
    }

    [Fact(Explicit = true)]
    public void Interrupts_at_any_time_spoil_no_value()
    {
        var (x, dy) = (Data.Normal<float>(seed: 4, [16, 4, 100, 100]), Data.Normal<float>(seed: 5, [16, 4, 100, 100]));
        var layer = new BatchNorm2d(4);
        var (y, dx) = (layer.Forward(x).ToArray(), layer.Backward(dy).ToArray());

        OnThreads(_ =>
        {
            var layer = new BatchNorm2d(4);
            Assert.Equal(y, layer.Forward(x).ToArray());
            Assert.Equal(dx, layer.Backward(dy).ToArray());
        }, interrupt: true);
    }

    private static void OnThreads(Action<Random> action, bool interrupt = false)
    {
        Parallelism.NumThreads = 3;
        var (clock, wrong) = (Stopwatch.StartNew(), (Exception?)null);
        var threads = Enumerable.Range(0, Threads).Select(seed => new Thread(() =>
        {
            var random = new Random(seed);
            while (clock.Elapsed < Time && wrong is null)
            {
                try
                {
                    action(random);
                }
                catch (ThreadInterruptedException)
                {
                }
                catch (Exception problem)
                {
                    wrong = problem;
                }
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        for (var i = 0; interrupt && clock.Elapsed < Time; i++)
        {
            threads[i % Threads].Interrupt();
            Thread.Sleep(1);
        }
        foreach (var thread in threads)
            thread.Join();
        Assert.Null(wrong);
    }
}
