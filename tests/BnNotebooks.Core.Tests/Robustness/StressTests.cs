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
    const int Threads = 6;
    static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    [Fact(Explicit = true)]
    public void Threads_that_share_layers_for_inference_all_get_the_right_values() => Share(inference: true);

    [Fact(Explicit = true)]
    public void Threads_that_share_layers_for_training_get_the_right_values_or_an_exception() => Share(inference: false);

    // Batches of several sizes, one so large that the worker threads share in it. Training is right if it goes on as it began.
    static void Share(bool inference)
    {
        var jobs = new List<(Layer<double> Layer, Tensor<double> Input, double[] Expected)>();
        foreach (var (name, (make, shape)) in Every<double>.Layers)
        {
            var layer = Every.Prepared(make());
            layer.Train(!inference);
            layer.GradEnabled = !inference;
            foreach (var n in new nint[] { 2, 4, 12_000 })
            {
                var x = Data.Normal<double>(seed: 2, [n, .. shape[1..]]);
                var y = layer.Forward(x).ToArray();
                if (inference || y.SequenceEqual(layer.Forward(x).ToArray()))
                    jobs.Add((layer, x, y));
            }
        }

        var right = 0;
        OnThreads(random =>
        {
            var (layer, x, expected) = jobs[random.Next(jobs.Count)];
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    Assert.Equal(expected, layer.Forward(x).ToArray());
                    Interlocked.Increment(ref right);
                }
                catch (InvalidOperationException) when (!inference)
                {
                }
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

    static void OnThreads(Action<Random> action, bool interrupt = false)
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
