namespace BnNotebooks.Core;

/// <summary>
/// Runs a pass over a batch in the order that suits memory and threads.
/// </summary>
/// <remarks>
/// By channel, wherever there are enough channels: a block of them at a time, small enough that what was read from memory for the
/// sums is still in the cache when the values are computed. By sample otherwise: the sums are taken in pieces of some samples
/// each, then added up, and the values computed in a second round. Which of the two, and the pieces, depend on the shape
/// alone, so the result is the same whatever the number of threads.
/// </remarks>
internal static unsafe class ChannelWork<TPass> where TPass : unmanaged, IChannelPass
{
    // The nearer half of a present-day core's own cache, which is 1 or 2 MB.
    private const int BlockBytes = 512 << 10;

    private const int MostPieces = 16;

    // Side by side, so many that what is known of them stays in the nearest cache from one sample to the next.
    private const int ChannelsTogether = 1024;

    /// <summary>How many doubles a run needs for its sums.</summary>
    public static long ScratchLength(ChannelShape shape, int elementBytes, bool measures) =>
        !measures ? 0 : 2L * shape.C * (Shareable(shape, elementBytes) ? 1 : Math.Min(shape.N, MostPieces));

    /// <summary>How many channels are worked on at a time.</summary>
    /// <remarks>Side by side in memory, they come by the line: no line should belong to two blocks.</remarks>
    public static int BlockChannels(ChannelShape shape, int elementBytes)
    {
        var together = shape.S > 1 ? 1 : CacheLine.Bytes / elementBytes;
        var channels = BlockBytes / Math.Max(1, shape.M * elementBytes);
        return (int)Math.Clamp(channels / together * together, together, Math.Max(together, shape.C));
    }

    public static void Run(TPass pass, ChannelShape shape, int elementBytes, double* scratch)
    {
        var block = BlockChannels(shape, elementBytes);
        var threads = ThreadTeam.For(shape.M * shape.C);
        if (pass.Measures && Shareable(shape, elementBytes))
        {
            ThreadTeam.Run(new ByChannel(pass, shape, block, scratch), threads);
            return;
        }

        if (pass.Measures)
            pass.Prepare(0, shape.C);
        if (MeasureInPieces(pass, shape, threads, scratch) && pass.Measures)
            MeasureInPieces(pass, shape, threads, scratch);
        if (pass.Applies)
            ThreadTeam.Run(new PiecesOfValues(pass, shape), Math.Min(threads, shape.N));
    }

    // By channel if a block stays in the cache, and there are enough blocks to share out, or so little data that there is no need.
    private static bool Shareable(ChannelShape shape, int elementBytes)
    {
        var block = BlockChannels(shape, elementBytes);
        return block * shape.M * elementBytes <= 4 * BlockBytes
            && (shape.C / 8 >= block || shape.M * shape.C * elementBytes <= BlockBytes);
    }

    private static bool MeasureInPieces(TPass pass, ChannelShape shape, int threads, double* scratch)
    {
        var pieces = pass.Measures ? Math.Min(shape.N, MostPieces) : 0;
        ThreadTeam.Run(new PiecesOfSums(pass, shape, pieces, scratch), Math.Min(threads, pieces));
        // The pieces added up, always in the same order.
        double* first = scratch, second = scratch + shape.C;
        for (var piece = 1; piece < pieces; piece++)
        {
            var more = scratch + piece * 2 * shape.C;
            for (var c = 0; c < shape.C; c++)
                (first[c], second[c]) = (first[c] + more[c], second[c] + more[shape.C + c]);
        }
        return pass.Finish(0, shape.C, first, second);
    }

    private readonly struct ByChannel(TPass pass, ChannelShape shape, int block, double* scratch) : IWork
    {
        // Each thread has neighbouring blocks, so that what it fetches ahead is its own.
        public void Run(int part, int parts)
        {
            var blocks = (shape.C + block - 1) / block;
            for (var b = (int)((long)blocks * part / parts); b < (int)((long)blocks * (part + 1) / parts); b++)
            {
                var tile = new Tile(0, shape.N, b * block, Math.Min(shape.C, (b + 1) * block));
                pass.Prepare(tile.C0, tile.C1);
                if (Measure(tile))
                    Measure(tile);
                if (pass.Applies)
                    pass.Apply(tile);
            }
        }

        private bool Measure(Tile tile)
        {
            double* first = scratch, second = scratch + shape.C;
            new Span<double>(first + tile.C0, tile.Channels).Clear();
            new Span<double>(second + tile.C0, tile.Channels).Clear();
            pass.Measure(tile, first, second);
            return pass.Finish(tile.C0, tile.C1, first, second);
        }
    }

    private readonly struct PiecesOfSums(TPass pass, ChannelShape shape, int pieces, double* scratch) : IWork
    {
        public void Run(int part, int parts)
        {
            for (var piece = pieces * part / parts; piece < pieces * (part + 1) / parts; piece++)
            {
                var first = scratch + piece * 2 * shape.C;
                new Span<double>(first, 2 * shape.C).Clear();
                var (n0, n1) = ((int)((long)shape.N * piece / pieces), (int)((long)shape.N * (piece + 1) / pieces));
                pass.Measure(new Tile(n0, n1, 0, shape.C), first, first + shape.C);
            }
        }
    }

    private readonly struct PiecesOfValues(TPass pass, ChannelShape shape) : IWork
    {
        public void Run(int part, int parts)
        {
            var (n0, n1) = ((int)((long)shape.N * part / parts), (int)((long)shape.N * (part + 1) / parts));
            var together = shape.S > 1 ? shape.C : ChannelsTogether;
            for (var c = 0L; c < shape.C; c += together)
                pass.Apply(new Tile(n0, n1, (int)c, (int)Math.Min(c + together, shape.C)));
        }
    }
}
