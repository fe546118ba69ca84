using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// A pass over a batch whose channels go across the samples, as batch norm's, in the order that suits memory and threads: of every
/// channel two sums are taken, something is worked out from them, and then every value is computed anew.
/// </summary>
/// <remarks>
/// By channel, where the batch is larger than the common cache and there are enough of them: a block at a time, small enough that what
/// was read from memory for the sums is still in a core's own cache when the values are computed. By sample otherwise, which goes through
/// memory from one end to the other: the sums are taken in pieces of some samples each, then added up, and the values computed in a second
/// round. Which of the two, and the pieces, depend on the shape and the machine alone, so the result is the same whatever the number of
/// threads.
/// </remarks>
internal abstract unsafe class AcrossPass<T> : Work where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostPieces = 16;
    private const int FewValues = 1024;

    // Channels that lie side by side: a block of fewer would leave the lines that it reads half unused, and rows too short to be read
    // ahead.
    private const int NarrowestBlock = 256;

    // Half of a core's own cache.
    private static long BlockBytes => CacheSizes.OfCore / 2;

    private enum Round { ByChannel, PiecesOfSums, PiecesOfValues }

    private Round round;
    private double* sums;       // two of each channel, for each piece

    /// <summary>The shape of the batch.</summary>
    public NormShape Shape;

    /// <summary>Whether there are sums to take, or what they are for is known.</summary>
    public bool Measures;

    /// <summary>Whether there is anything to compute after the sums.</summary>
    public bool Applies;

    public T* Weight;           // γ, or null for ones
    public T* Bias;             // β, or null for zeros
    public double* Mean;        // μ: worked out by a forward pass that measures, else given
    public double* Variance;    // σ²: likewise
    public double Eps;

    /// <summary>What is known of each channel, in the elements' precision; the pass's own memory.</summary>
    protected ColumnValues<T> Values { get; private set; }

    /// <summary>
    /// How many samples of channels that lie side by side are taken for one, so that its rows are long enough to be worth it: the channels
    /// are then there several times.
    /// </summary>
    protected int Fold => Shape.S > 1 || Shape.C >= 1024 ? 1 : Math.Clamp(Shape.N / 16, 1, 2048 / Shape.C);

    /// <summary>How many values behind the present ones those lie that are read next: those of the next block, or the neighbours.</summary>
    protected nint Ahead => Measures && ByChannel ? (nint)BlockChannels * Shape.S : Streaming.Straight;

    /// <summary>Does the pass.</summary>
    public void Execute()
    {
        using var own = new Scratch(ScratchLength);
        fixed (double* scratch = own.Span)
        {
            sums = scratch;
            Values = new ColumnValues<T>((T*)(scratch + SumsLength), (nint)Shape.C * Fold);
            var threads = ThreadTeam.For(Shape.Length);
            if (ByChannel && Measures)
            {
                round = Round.ByChannel;
                ThreadTeam.Run(this, threads);
                return;
            }

            if (Measures)
                Prepare(0, Shape.C);
            if (MeasureInPieces(threads) && Measures)
                MeasureInPieces(threads);
            round = Round.PiecesOfValues;
            if (Applies)
                ThreadTeam.Run(this, Math.Min(threads, Shape.N));
        }
    }

    /// <summary>How many doubles the pass needs room for.</summary>
    public long ScratchLength => SumsLength + (ColumnValues<T>.Rows * (long)Shape.C * Fold * sizeof(T) + 7) / 8;

    /// <summary>What is to be done for some channels before their sums are taken.</summary>
    protected virtual void Prepare(int c0, int c1)
    {
    }

    /// <summary>Adds to the two sums of each of the tile's channels; the pointers are to those of channel 0.</summary>
    protected abstract void Measure(Tile tile, double* first, double* second);

    /// <summary>
    /// Works out what depends only on the channel, from the finished sums if it measures. Returns whether the sums have to be taken once
    /// more, since they show that they were not taken well; not asked twice.
    /// </summary>
    protected abstract bool Finish(int c0, int c1, double* first, double* second);

    /// <summary>Computes every value of the tile.</summary>
    protected abstract void Apply(Tile tile);

    /// <summary>
    /// Computes the values of a tile whose channels have rows of their own. The results go to <paramref name="target"/> as they lie in the
    /// batch: to where its first value would be.
    /// </summary>
    protected abstract void ComputeRows(Tile tile, T* target, Streaming stream);

    /// <summary>The same, by way of a <see cref="Staging"/> where rows are short and are to be streamed.</summary>
    protected void ApplyRows(Tile tile, T* target, Streaming stream)
    {
        if (!Staging.Pays(stream, Shape.S))
        {
            ComputeRows(tile, target, stream);
            return;
        }
        var staged = stackalloc T[Staging.Values];
        var channels = Staging.Values / Shape.S;
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c += channels)
            {
                var part = new Tile(n, n + 1, c, Math.Min(c + channels, tile.C1));
                ComputeRows(part, staged - Shape.Start(n, c), default);
                Staging.Flush(staged, target + Shape.Start(n, c), part.Channels * Shape.S);
            }
        }
    }

    /// <summary>Sets the <see cref="Affine{T}"/> of some channels.</summary>
    protected void SetAffine(int c0, int c1)
    {
        for (var c = c0; c < c1; c += ChannelValues.AtATime)
            ChannelValues.SetAffine(Values.From(c), Mean + c, Variance + c, Eps, Weight is null ? null : Weight + c,
                Bias is null ? null : Bias + c, Math.Min(ChannelValues.AtATime, c1 - c));
        RepeatValues();
    }

    /// <summary>Rows of channels that lie side by side, as <see cref="Columns{T,V}"/> takes them.</summary>
    protected readonly record struct Band(nint Start, int Rows, nint Stride, int Channels);

    /// <summary>The tile's rows: those of several samples taken for one, if they are, and one of the samples that are left.</summary>
    protected (Band Whole, Band Left) Bands(Tile tile)
    {
        if (Fold == 1)
            return (new(Shape.Start(tile.N0, tile.C0), tile.Rows, Shape.C, tile.Channels), default);
        var (rows, left) = Math.DivRem(tile.Rows, Fold);
        var width = Shape.C * Fold;
        return (new(Shape.Start(tile.N0, 0), rows, width, width), new(Shape.Start(tile.N1 - left, 0), Math.Min(left, 1), width, left * Shape.C));
    }

    /// <summary>Adds the sums of channels that are there several times to those of the channels.</summary>
    protected void AddFolded(double* wide, int width, double* first, double* second)
    {
        for (var i = 0; i < width; i += Shape.C)
            for (var c = 0; c < Shape.C; c++)
                (first[c], second[c]) = (first[c] + wide[i + c], second[c] + wide[width + i + c]);
    }

    /// <summary>Repeats an element of each channel, where several samples are taken for one.</summary>
    protected void Repeat(T* values)
    {
        for (var copy = 1; copy < Fold; copy++)
            new Span<T>(values, Shape.C).CopyTo(new Span<T>(values + copy * Shape.C, Shape.C));
    }

    /// <summary>Repeats all that is known of the channels.</summary>
    protected void RepeatValues()
    {
        for (var row = 0; row < ColumnValues<T>.Rows; row++)
            Repeat(Values.Row(row));
    }

    /// <inheritdoc/>
    public sealed override void Run(int part, int parts)
    {
        switch (round)
        {
            case Round.ByChannel:
                RunByChannel(part, parts);
                break;
            case Round.PiecesOfSums:
                var pieces = Pieces;
                for (var piece = pieces * part / parts; piece < pieces * (part + 1) / parts; piece++)
                    MeasurePiece(new Tile(Part(Shape.N, piece, pieces), Part(Shape.N, piece + 1, pieces), 0, Shape.C), sums + piece * 2L * Shape.C);
                break;
            default:
                ApplyBackwards(Part(Shape.N, part, parts), Part(Shape.N, part + 1, parts));
                break;
        }
    }

    private int Pieces => !Measures ? 0 : ByChannel ? 1 : Math.Min(Shape.N, MostPieces);

    private long SumsLength => 2L * Shape.C * Pieces;

    private static int Part(int count, int part, int parts) => (int)((long)count * part / parts);

    // How many channels are worked on at a time. Side by side in memory, they come by the line: no line should belong to two blocks.
    private int BlockChannels
    {
        get
        {
            if (Fold > 1)
                return Shape.C;
            var together = Shape.S > 1 ? 1 : NarrowestBlock;
            var channels = BlockBytes / Math.Max(1, Shape.M * sizeof(T));
            return (int)Math.Clamp(channels / together * together, Math.Min(together, Shape.C), Shape.C);
        }
    }

    // If a block stays in a core's cache, and there are enough blocks to share out, unless the common cache holds all and the channels are
    // few beside their values, so that sums for each piece are cheap; or so little data that it makes no difference.
    private bool ByChannel => Bytes <= BlockBytes
        || (Bytes > CacheSizes.Shared / 2 || Shape.M < FewValues) && BlockChannels * Shape.M * sizeof(T) <= 4 * BlockBytes
            && Shape.C / 8 >= BlockChannels;

    private long Bytes => (long)Shape.Length * sizeof(T);

    private bool MeasureInPieces(int threads)
    {
        var pieces = Pieces;
        round = Round.PiecesOfSums;
        if (pieces > 0)
            ThreadTeam.Run(this, Math.Min(threads, pieces));
        // The pieces added up, always in the same order.
        double* first = sums, second = sums + Shape.C;
        for (var piece = 1; piece < pieces; piece++)
        {
            var more = sums + piece * 2L * Shape.C;
            for (var c = 0; c < Shape.C; c++)
                (first[c], second[c]) = (first[c] + more[c], second[c] + more[Shape.C + c]);
        }
        return Finish(0, Shape.C, first, second);
    }

    // From the last samples to the first, because those that were read last may still be in a cache.
    private void ApplyBackwards(int n0, int n1)
    {
        var samples = (int)Math.Clamp(BlockBytes / ((long)Shape.C * Shape.S * sizeof(T)), 1, Shape.N);
        samples = Math.Max(samples / Fold * Fold, 1);
        for (var end = n1; end > n0; end -= samples)
            Apply(new Tile(Math.Max(n0, end - samples), end, 0, Shape.C));
    }

    // Each thread has neighbouring blocks, so that what it fetches ahead is its own.
    private void RunByChannel(int part, int parts)
    {
        var block = BlockChannels;
        var blocks = (Shape.C + block - 1) / block;
        for (var b = Part(blocks, part, parts); b < Part(blocks, part + 1, parts); b++)
        {
            var tile = new Tile(0, Shape.N, b * block, Math.Min(Shape.C, (b + 1) * block));
            Prepare(tile.C0, tile.C1);
            if (MeasureBlock(tile))
                MeasureBlock(tile);
            if (Applies)
                Apply(tile);
        }
    }

    private bool MeasureBlock(Tile tile)
    {
        MeasurePiece(tile, sums);
        return Finish(tile.C0, tile.C1, sums, sums + Shape.C);
    }

    private void MeasurePiece(Tile tile, double* first)
    {
        var second = first + Shape.C;
        new Span<double>(first + tile.C0, tile.Channels).Clear();
        new Span<double>(second + tile.C0, tile.Channels).Clear();
        Measure(tile, first, second);
    }
}
