using BenchmarkDotNet.Attributes;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The contestants of one case, as BenchmarkDotNet wants them: a public class with a method for each. It makes a new object for
/// each measurement, so the contestants themselves stand still in <see cref="Current"/>. Who does not take part in a case is not
/// called.
/// </summary>
public class Contest
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

    /// <summary>Ours with a pass for each operation.</summary>
    [Benchmark]
    public void Unfused() => Current!.Unfused!.Call();

    /// <summary>The same through TorchSharp.</summary>
    [Benchmark]
    public void Torch() => Current!.Torch.Call();

    /// <summary>The same in libtorch's layout for images.</summary>
    [Benchmark]
    public void TorchChannelsLast() => Current!.TorchChannelsLast!.Call();

    /// <summary>The same in ONNX Runtime.</summary>
    [Benchmark]
    public void Onnx() => Current!.Onnx!.Call();

    /// <summary>A plain loop.</summary>
    [Benchmark]
    public void Scalar() => Current!.Scalar.Call();

    /// <summary>A plain copy of the bytes.</summary>
    [Benchmark]
    public void Copy() => Current!.Copy.Call();

    /// <summary>A copy past the caches.</summary>
    [Benchmark]
    public void StreamingCopy() => Current!.StreamingCopy.Call();
}
