using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// What is known of channels that lie side by side, or of sets one after the other: a row of elements for each quantity, in memory of
/// the pass's own. An <see cref="Affine{T}"/> and a <see cref="Through{T}"/> of each.
/// </summary>
/// <param name="place">Where the first row is.</param>
/// <param name="length">How many a row has room for.</param>
internal readonly unsafe struct ColumnValues<T>(T* place, nint length) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many rows there are.</summary>
    public const int Rows = 7;

    public T* Mean => Row(0);

    public T* Rest => Row(1);

    public T* Scale => Row(2);

    public T* Shift => Row(3);

    public T* ScaleRest => Row(4);

    public T* ThroughMean => Row(5);

    public T* ThroughVariance => Row(6);

    public T* Row(int row) => place + row * length;

    /// <summary>The same from the i-th on.</summary>
    public ColumnValues<T> From(int i) => new(place + i, length);

    public Affine<T> Affine(int i) => new(Mean[i], Rest[i], Scale[i], ScaleRest[i], Shift[i]);

    public Through<T> Through(int i) => new(ThroughMean[i], ThroughVariance[i]);

    public void Set(int i, Affine<T> by) => (Mean[i], Rest[i], Scale[i], ScaleRest[i], Shift[i]) =
        (by.Mean, by.Rest, by.Scale, by.ScaleRest, by.Shift);

    public void Set(int i, Through<T> by) => (ThroughMean[i], ThroughVariance[i]) = (by.ThroughMean, by.ThroughVariance);
}
