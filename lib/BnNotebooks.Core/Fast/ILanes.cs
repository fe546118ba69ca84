namespace BnNotebooks.Core;

/// <summary>
/// Several elements that are computed with at once: as many as the machine's vectors have room for. The kernels are written once,
/// over this; which of the <see cref="Lanes1{T}"/> to <see cref="Lanes512{T}"/> they run on is chosen in
/// <see cref="NormArithmetic{T}.For"/>. (The methods are inlined by force: a single call left in a loop makes the compiler keep the
/// vectors in memory.)
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>How many elements there are.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(T value);

    /// <summary>Count neighbouring elements.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>Writes Count neighbouring elements.</summary>
    static abstract void Store(TSelf lanes, T* target);

    /// <summary>
    /// The same, past the caches: a line that is not going to be read soon need neither be fetched before it is overwritten nor push
    /// others out. The target's address must be a multiple of the lanes' size.
    /// </summary>
    static abstract void Stream(TSelf lanes, T* target);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a·b + c, in one instruction where the machine has it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The value where <paramref name="by"/> is positive or NaN, 0 elsewhere: ReLU for a = by, and its gradient.</summary>
    static abstract TSelf WherePositive(TSelf a, TSelf by);

    /// <summary>The sum of all lanes, in double.</summary>
    static abstract double Sum(TSelf lanes);

    /// <summary>Adds every lane to a sum of its own, in double.</summary>
    static abstract void AddTo(TSelf lanes, double* sums);
}
