using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// A batch norm's forward pass: y = γ·(x − μ)/√(σ² + ε) + β and what is done afterwards, with μ and σ² of each channel worked out from
/// the batch, if they are not given.
/// </summary>
internal sealed unsafe class AcrossForward<T, V, TAfterwards> : AcrossPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
    where TAfterwards : IAfterwards
{
    [ThreadStatic]
    private static AcrossForward<T, V, TAfterwards>? own;

    /// <summary>A pass to fill in: one for each thread, because it is not to be allocated each time.</summary>
    public static AcrossForward<T, V, TAfterwards> Own => own ??= new();

    public T* X;
    public T* Y;
    public T* More;             // the second summand, or null

    private T* Near => Values.ThroughMean;      // k of each channel, until the sums are taken

    // Of channels side by side, some rows of all of them; of others, some positions of some samples.
    protected override void Prepare(int c0, int c1)
    {
        var samples = Math.Min(Shape.N, Shape.S == 1 ? FirstLook.Values / 2 : FirstLook.Values);
        var positions = Math.Min(Shape.S, FirstLook.Values / samples);
        nint nextSample = Shape.Start(Shape.N / samples, 0), nextPosition = Shape.S / positions;
        var perValue = 1.0 / (samples * positions);
        for (var c = c0; c < c1; c++)
        {
            var sum = 0.0;
            var sample = X + Shape.Start(0, c);
            for (var n = 0; n < samples; n++, sample += nextSample)
                for (var s = 0; s < positions; s++)
                    sum += double.CreateTruncating(sample[s * nextPosition]);
            Near[c] = FirstLook.Near<T>(sum * perValue);
        }
        Repeat(Near);
    }

    protected override void Measure(Tile tile, double* sum, double* squares)
    {
        if (Shape.S == 1)
        {
            var width = Fold > 1 ? Shape.C * Fold : 0;
            var wide = stackalloc double[2 * width];
            double* first = width > 0 ? wide : sum + tile.C0, second = width > 0 ? wide + width : squares + tile.C0;
            var (whole, left) = Bands(tile);
            Columns<T, V>.Sums(X + whole.Start, whole.Rows, whole.Stride, whole.Channels, Near + tile.C0, first, second);
            Columns<T, V>.Sums(X + left.Start, left.Rows, left.Stride, left.Channels, Near + tile.C0, first, second);
            AddFolded(wide, width, sum, squares);
            return;
        }
        if (Rows<T, V>.AreShort(Shape.S))
        {
            for (var c = tile.C0; c < tile.C1; c++)
                Rows<T, V>.Sums(X + Shape.Start(tile.N0, c), tile.Rows, Shape.Start(1, 0), Shape.S, Near[c], ref sum[c], ref squares[c]);
            return;
        }
        for (var n = tile.N0; n < tile.N1; n++)
            for (var c = tile.C0; c < tile.C1; c++)
                Rows<T, V>.Sums(X + Shape.Start(n, c), Shape.S, Near[c], ref sum[c], ref squares[c]);
    }

    protected override bool Finish(int c0, int c1, double* sum, double* squares)
    {
        var moved = false;
        for (var c = c0; c < c1; c += ChannelValues.AtATime)
        {
            var some = Math.Min(ChannelValues.AtATime, c1 - c);
            if (Measures)
                moved |= ChannelValues.SetStatistics(Near + c, sum + c, squares + c, Shape.M, Mean + c, Variance + c, some);
            if (Measures && typeof(T) == typeof(float) && !double.IsFinite(TensorPrimitives.Sum(new ReadOnlySpan<double>(Variance + c, some))))
                MeasureOverflowed(c, c + some);
        }
        for (var c = c0; c < c1 && moved; c++)
            Near[c] = FirstLook.Nearest<T>(Mean[c]);
        if (moved)
            Repeat(Near);

        if (Applies)
            SetAffine(c0, c1);
        return moved;
    }

    // The sum of squares of floats overflows from 10³⁸ on: then all of the channel is taken in double. (It is also infinite or NaN where
    // the data are.)
    private void MeasureOverflowed(int c0, int c1)
    {
        for (var c = c0; c < c1; c++)
        {
            if (double.IsFinite(Variance[c]))
                continue;
            double k = double.CreateTruncating(Near[c]), sum = 0, squares = 0;
            for (var n = 0; n < Shape.N; n++)
                FirstLook.SumsInDouble(X + Shape.Start(n, c), Shape.S, k, ref sum, ref squares);
            Mean[c] = k + sum / Shape.M;
            Variance[c] = Math.Max(0, squares / Shape.M - sum / Shape.M * (sum / Shape.M));
        }
    }

    protected override void Apply(Tile tile)
    {
        var stream = Streaming.For(X, Y, Shape.Length, inputs: 1, Ahead);
        if (Shape.S == 1)
        {
            var (whole, left) = Bands(tile);
            Normalize(whole, Values.From(tile.C0), stream);
            Normalize(left, Values.From(tile.C0), stream);
            return;
        }
        ApplyRows(tile, Y, stream);
    }

    private void Normalize(Band band, ColumnValues<T> by, Streaming stream) => Columns<T, V>.Normalize<TAfterwards>(
        X + band.Start, Y + band.Start, band.Rows, band.Stride, band.Channels, by, More + band.Start, stream);

    protected override void ComputeRows(Tile tile, T* y, Streaming stream)
    {
        for (var n = tile.N0; n < tile.N1; n++)
        {
            for (var c = tile.C0; c < tile.C1; c++)
            {
                var start = Shape.Start(n, c);
                Rows<T, V>.Normalize<TAfterwards>(X + start, y + start, Shape.S, Values.Affine(c), More + start, stream);
            }
        }
    }
}
