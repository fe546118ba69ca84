using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>
/// Of short rows, a good part of the results lies in cache lines that the row shares with its neighbours and that cannot be streamed.
/// So the results of several rows are put together in the nearest cache first, and leave it by the line.
/// </summary>
internal static unsafe class Staging
{
    /// <summary>How many values there must be room for.</summary>
    public const int Values = 2048;

    private const int ShortRow = 256;

    /// <summary>Whether rows are short and are to be streamed.</summary>
    public static bool Pays(Streaming stream, int rowLength) => stream.Output && rowLength < ShortRow;

    /// <summary>Streams n values to their place.</summary>
    public static void Flush<T>(T* staged, T* target, int n) where T : unmanaged
    {
        var i = CacheLine.Before(target, n);
        new ReadOnlySpan<T>(staged, i).CopyTo(new Span<T>(target, i));
        for (; i <= n - CacheLine.Count<T>(); i += CacheLine.Count<T>())
        {
            byte* from = (byte*)(staged + i), to = (byte*)(target + i);
            Vector256.Load(from).StoreAlignedNonTemporal(to);
            Vector256.Load(from + CacheLine.Bytes / 2).StoreAlignedNonTemporal(to + CacheLine.Bytes / 2);
        }
        new ReadOnlySpan<T>(staged + i, n - i).CopyTo(new Span<T>(target + i, n - i));
    }
}
