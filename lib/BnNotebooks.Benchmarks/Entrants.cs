using BnNotebooks.Benchmarking;
using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Benchmarks;

/// <summary>Everyone who takes part in one case, on the same numbers.</summary>
internal sealed class Entrants(Inputs inputs, Workload workload) : IDisposable
{
    public Computing Ours { get; } = workload.Adds ? new OursAdding(inputs, workload) : new Ours(inputs, workload);

    public Unfused? Unfused { get; } = workload.Fused ? new(inputs, workload) : null;

    public Torch Torch { get; } = new(inputs, workload, channelsLast: false);

    public Torch? TorchChannelsLast { get; } = Torch.HasChannelsLast(workload) ? new(inputs, workload, channelsLast: true) : null;

    public Onnx? Onnx { get; } = Onnx.TakesPart(workload) ? new(inputs, workload) : null;

    public Scalar Scalar { get; } = new(inputs, workload);

    public Copy Copy { get; } = new(inputs, workload, streaming: false);

    public Copy StreamingCopy { get; } = new(inputs, workload, streaming: true);

    /// <summary>Who a method of <see cref="Contest"/> calls; null if it does not take part.</summary>
    public Contestant? this[string name] => name switch
    {
        nameof(Contest.Ours) => Ours,
        nameof(Contest.Unfused) => Unfused,
        nameof(Contest.Torch) => Torch,
        nameof(Contest.TorchChannelsLast) => TorchChannelsLast,
        nameof(Contest.Onnx) => Onnx,
        nameof(Contest.Scalar) => Scalar,
        nameof(Contest.Copy) => Copy,
        nameof(Contest.StreamingCopy) => StreamingCopy,
        _ => throw new ArgumentException($"There is no contestant {name}.", nameof(name)),
    };

    /// <summary>Who is behind a name in <see cref="BenchmarkResult.Rivals"/>.</summary>
    public Contestant Rival(string name) => name switch
    {
        BenchmarkResult.Torch => Torch,
        BenchmarkResult.TorchChannelsLast => TorchChannelsLast!,
        BenchmarkResult.Onnx => Onnx!,
        BenchmarkResult.Scalar => Scalar,
        _ => throw new ArgumentException($"There is no rival {name}.", nameof(name)),
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
        foreach (Contestant? contestant in new Contestant?[] { Ours, Unfused, Torch, TorchChannelsLast, Onnx, Scalar, Copy, StreamingCopy })
            contestant?.Dispose();
    }
}
