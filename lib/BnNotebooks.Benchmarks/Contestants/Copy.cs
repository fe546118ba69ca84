namespace BnNotebooks.Benchmarks;

/// <summary>A plain copy of the input's bytes into an existing array: no layer that writes its result elsewhere can do less.</summary>
internal sealed class Copy(Inputs inputs, Workload workload) : Contestant
{
    // Below this, handing a part to another thread takes longer than the part does.
    const int WorthSharing = 1 << 18;

    readonly int parts = workload.Length < WorthSharing ? 1 : workload.Threads;

    public override void Call()
    {
        if (parts == 1)
            inputs.X.AsSpan().CopyTo(inputs.Y);
        else
            Parallel.For(0, parts, CopyPart);
    }

    void CopyPart(int part)
    {
        int from = (int)((long)workload.Length * part / parts), to = (int)((long)workload.Length * (part + 1) / parts);
        inputs.X.AsSpan(from..to).CopyTo(inputs.Y.AsSpan(from..to));
    }
}
