using BenchmarkDotNet.Attributes;
using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The four contestants of one case, as BenchmarkDotNet wants them: a public class with a method for each. It makes a new
/// object for each measurement, so the contestants themselves stand still in <see cref="Current"/>.
/// </summary>
public class Race
{
    IDisposable? mode;

    internal static Entrants? Current { get; set; }

    /// <summary>BenchmarkDotNet measures on a thread of its own, and libtorch's settings are a thread's.</summary>
    [GlobalSetup]
    public void Enter() => mode = Current!.EnterThread();

    /// <summary>Back to how the thread was.</summary>
    [GlobalCleanup]
    public void Leave() => mode?.Dispose();

    /// <summary>The layer of BnNotebooks.Core.</summary>
    [Benchmark]
    public void Ours() => Current!.Ours.Call();

    /// <summary>The same through TorchSharp.</summary>
    [Benchmark]
    public void Torch() => Current!.Torch.Call();

    /// <summary>A plain copy of the bytes.</summary>
    [Benchmark]
    public void Copy() => Current!.Copy.Call();

    /// <summary>A plain loop.</summary>
    [Benchmark]
    public void Scalar() => Current!.Scalar.Call();
}

/// <summary>Everyone who takes part in one case, on the same numbers.</summary>
internal sealed class Entrants(Inputs inputs, Workload workload) : IDisposable
{
    public Ours Ours { get; } = new(inputs, workload);

    public Torch Torch { get; } = new(inputs, workload);

    public Copy Copy { get; } = new(inputs, workload);

    public Scalar Scalar { get; } = new(inputs, workload);

    public Contestant this[string name] => name switch
    {
        nameof(Ours) => Ours,
        nameof(Torch) => Torch,
        nameof(Copy) => Copy,
        nameof(Scalar) => Scalar,
        _ => throw new ArgumentException($"There is no contestant {name}.", nameof(name)),
    };

    /// <summary>As many threads for each side as the case says; and no gradients are recorded in evaluation.</summary>
    /// <returns>What ends the evaluation mode of the thread, or null.</returns>
    public IDisposable? EnterThread()
    {
        Parallelism.NumThreads = workload.Threads;
        torch.set_num_threads(workload.Threads);
        return workload.Training ? null : torch.no_grad();
    }

    public void Dispose()
    {
        foreach (Contestant contestant in new Contestant[] { Ours, Torch, Copy, Scalar })
            contestant.Dispose();
    }
}
