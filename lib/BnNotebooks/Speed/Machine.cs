using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Speed;

/// <summary>What this machine can do at best, measured with small loops: the two roofs of a roofline.</summary>
public static unsafe class Machine
{
    /// <summary>
    /// How fast memory can be copied, in GB/s, with reading and writing both counted. The better of the runtime's copy and
    /// of a loop with streaming stores; the best of several tries, since a roof is what nothing gets above.
    /// </summary>
    /// <param name="bytes">The size of each of the two blocks.</param>
    /// <param name="threads">How many threads share the work.</param>
    public static double CopyBandwidth(int bytes, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, threads * Alignment);
        var part = (nuint)bytes / (nuint)threads / Alignment * Alignment;
        var floats = (int)part / sizeof(float);
        var repeats = Math.Max(1, (4 << 20) / bytes);    // a single small copy is over before the clock ticks
        nint from = Filled(bytes), to = Filled(bytes);
        try
        {
            var seconds = Math.Min(Best(() => EachThread(threads, CopyPart)), Best(() => EachThread(threads, StreamPart)));
            return 2e-9 * part * threads * repeats / seconds;
        }
        finally
        {
            NativeMemory.AlignedFree((void*)from);
            NativeMemory.AlignedFree((void*)to);
        }

        void CopyPart(int thread)
        {
            for (var i = 0; i < repeats; i++)
                NativeMemory.Copy((byte*)from + part * (nuint)thread, (byte*)to + part * (nuint)thread, part);
        }

        void StreamPart(int thread)
        {
            for (var i = 0; i < repeats; i++)
                StreamingCopy.Run(new ReadOnlySpan<float>((byte*)from + part * (nuint)thread, floats), new Span<float>((byte*)to + part * (nuint)thread, floats));
        }
    }

    /// <summary>
    /// How many additions and multiplications of floats the processor can do, in Gflop/s, with everything in registers. Of
    /// doubles it can do half as many, since half as many fit into a vector.
    /// </summary>
    /// <param name="threads">How many threads compute.</param>
    public static double PeakGflops(int threads = 1)
    {
        const int Iterations = 500_000;
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector<float>.Count;
        var seconds = Best(() => EachThread(threads, _ => Sink = Vector512.IsHardwareAccelerated ? Chains512(Iterations) : Chains(Iterations)));
        return 1e-9 * Iterations * ChainCount * lanes * 2 * threads / seconds;    // a fused multiply-add is two operations
    }

    const int Alignment = 64, ChainCount = 12;

    static float Sink; // somebody must want the result, else the compiler may drop the loop

    static nint Filled(int bytes)
    {
        var block = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Fill(block, (nuint)bytes, 1);    // touches every page, so that none is handed over while we measure
        return (nint)block;
    }

    static void EachThread(int threads, Action<int> work)
    {
        if (threads == 1)
            work(0);
        else
            Parallel.For(0, threads, work);
    }

    static double Best(Action call)
    {
        const double Seconds = 0.1;
        var (best, begin) = (double.PositiveInfinity, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    // A fused multiply-add takes about four cycles, but one or two can start in each: only chains that do not wait for each
    // other keep the units busy. Twelve and two constants fit into sixteen registers.

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static float Chains512(int iterations)
    {
        Vector512<float> m = Vector512.Create(0.999f), k = Vector512.Create(0.001f);
        Vector512<float> a = k, b = k, c = k, d = k, e = k, f = k, g = k, h = k, i = k, j = k, p = k, q = k;
        for (var n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, m, k);
            b = Vector512.FusedMultiplyAdd(b, m, k);
            c = Vector512.FusedMultiplyAdd(c, m, k);
            d = Vector512.FusedMultiplyAdd(d, m, k);
            e = Vector512.FusedMultiplyAdd(e, m, k);
            f = Vector512.FusedMultiplyAdd(f, m, k);
            g = Vector512.FusedMultiplyAdd(g, m, k);
            h = Vector512.FusedMultiplyAdd(h, m, k);
            i = Vector512.FusedMultiplyAdd(i, m, k);
            j = Vector512.FusedMultiplyAdd(j, m, k);
            p = Vector512.FusedMultiplyAdd(p, m, k);
            q = Vector512.FusedMultiplyAdd(q, m, k);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + p + q);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static float Chains(int iterations)
    {
        Vector<float> m = new(0.999f), k = new(0.001f);
        Vector<float> a = k, b = k, c = k, d = k, e = k, f = k, g = k, h = k, i = k, j = k, p = k, q = k;
        for (var n = 0; n < iterations; n++)
        {
            a = Vector.FusedMultiplyAdd(a, m, k);
            b = Vector.FusedMultiplyAdd(b, m, k);
            c = Vector.FusedMultiplyAdd(c, m, k);
            d = Vector.FusedMultiplyAdd(d, m, k);
            e = Vector.FusedMultiplyAdd(e, m, k);
            f = Vector.FusedMultiplyAdd(f, m, k);
            g = Vector.FusedMultiplyAdd(g, m, k);
            h = Vector.FusedMultiplyAdd(h, m, k);
            i = Vector.FusedMultiplyAdd(i, m, k);
            j = Vector.FusedMultiplyAdd(j, m, k);
            p = Vector.FusedMultiplyAdd(p, m, k);
            q = Vector.FusedMultiplyAdd(q, m, k);
        }
        return Vector.Sum(a + b + c + d + e + f + g + h + i + j + p + q);
    }
}
