using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Speed;

/// <summary>
/// Step 5: stores that bypass the caches, and reading ahead. An ordinary store first fetches the line it is about to
/// overwrite, and keeps it where it pushes out data that is still needed. A streaming (non-temporal) store does neither. And
/// while one channel is written, the next one is already on its way from memory.
/// </summary>
public sealed unsafe class Step5Streaming : ForwardStep
{
    /// <inheritdoc/>
    public override string Name => "5 streaming";

    /// <inheritdoc/>
    public override string Idea => "stores past the cache, and the next channel fetched ahead";

    /// <inheritdoc/>
    public override int BytesPerElement => 4 + 4;

    /// <inheritdoc/>
    public override int FlopsPerElement => 4 + 2;

    private protected override void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y) =>
        Channels(x, shape, 0, shape.C, y);

    /// <summary>Normalizes the channels from <paramref name="first"/> on, up to <paramref name="end"/>.</summary>
    internal static void Channels(ReadOnlySpan<float> x, BatchShape shape, int first, int end, Span<float> y)
    {
        for (var c = first; c < end; c++)
        {
            var moments = Step3Fused.MomentsOf(x, shape, c);
            var ahead = c + 1 < end ? shape.S : 0;    // in each sample the next channel's row follows this one's
            for (var n = 0; n < shape.N; n++)
            {
                var row = shape.Row(n, c);
                Normalize(x.Slice(row, shape.S), moments, y.Slice(row, shape.S), ahead);
            }
        }
        Interlocked.MemoryBarrier();    // streaming stores may be late: whoever reads y next must find them done
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Normalize(ReadOnlySpan<float> row, Moments moments, Span<float> y, int ahead)
    {
        var (mean, inverseStd) = (moments.Mean, moments.InverseStd);
        var (mu, scale) = (new Vector<double>(mean), new Vector<double>(inverseStd));
        fixed (float* from = row, to = y)
        {
            var i = 0;
            for (; i < row.Length && (nuint)(to + i) % (nuint)sizeof(Vector<float>) != 0; i++)    // up to an address that
                to[i] = (float)((from[i] - mean) * inverseStd);                                   // can be streamed to

            for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                if (Sse.IsSupported)
                    Sse.Prefetch1(from + i + ahead);    // into the second-level cache; a hint, which other machines do without
                Vector.Widen(Vector.Load(from + i), out var low, out var high);
                Vector.Narrow((low - mu) * scale, (high - mu) * scale).StoreAlignedNonTemporal(to + i);
            }

            for (; i < row.Length; i++)
                to[i] = (float)((from[i] - mean) * inverseStd);
        }
    }
}
