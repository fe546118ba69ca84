using BnNotebooks.Speed;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// A copy of the input's bytes into an existing array, by the runtime's own copy or by stores past the caches: what it takes to
/// read the input once and to write as much.
/// </summary>
internal sealed class Copy(Inputs inputs, Workload workload, bool streaming) : Contestant
{
    // Below this, handing a part to another thread takes longer than the part does.
    const int WorthSharing = 1 << 18;

    readonly int parts = workload.Length < WorthSharing ? 1 : workload.Threads;

    public override void Call()
    {
        if (parts == 1)
            CopyPart(0);
        else
            Parallel.For(0, parts, CopyPart);
    }

    void CopyPart(int part)
    {
        int from = (int)((long)workload.Length * part / parts), to = (int)((long)workload.Length * (part + 1) / parts);
        if (streaming)
            StreamingCopy.Run(inputs.X.AsSpan(from..to), inputs.Y.AsSpan(from..to));
        else
            inputs.X.AsSpan(from..to).CopyTo(inputs.Y.AsSpan(from..to));
    }
}
