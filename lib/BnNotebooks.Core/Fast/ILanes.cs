namespace BnNotebooks.Core;

/// <summary>
/// Several numbers that are computed with at once: as many as the machine's vectors have room for. The kernels are written
/// once, over this; which of the <see cref="Lanes1"/> to <see cref="Lanes512"/> they run on is chosen in
/// <see cref="BatchNormKernel{T}.For"/>. Whatever the elements in memory are, float or double, here they are double. (The
/// methods are inlined by force: a single call left in a loop makes the compiler keep the vectors in memory.)
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(double value);

    /// <summary>Count neighbouring elements.</summary>
    static abstract TSelf Load<T>(T* source) where T : unmanaged;

    /// <summary>Writes Count neighbouring elements, each rounded once.</summary>
    static abstract void Store<T>(TSelf lanes, T* target) where T : unmanaged;

    /// <summary>
    /// The same, past the caches: a line that is not going to be read soon need neither be fetched before it is overwritten
    /// nor push others out. The target's address must be a multiple of Count elements.
    /// </summary>
    static abstract void Stream<T>(TSelf lanes, T* target) where T : unmanaged;

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c, in one instruction where the machine has it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The larger in each lane, or NaN where one of them is.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>0 where there is an infinity or NaN.</summary>
    static abstract TSelf FiniteOrZero(TSelf a);

    /// <summary>The sum of all lanes.</summary>
    static abstract double Sum(TSelf lanes);
}
