using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>Two doubles in 128 bits.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Lanes128>
{
    private readonly Vector128<double> lanes;

    private Lanes128(Vector128<double> lanes) => this.lanes = lanes;

    public static int Count => Vector128<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Of(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load<T>(T* source) where T : unmanaged => typeof(T) == typeof(double)
        ? new(Vector128.Load((double*)source))
        : new(Vector128.WidenLower(Vector64.Load((float*)source).ToVector128Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Lanes128 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.Store((double*)target);
        else
            Vector128.Narrow(a.lanes, a.lanes).GetLower().Store((float*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream<T>(Lanes128 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.StoreAlignedNonTemporal((double*)target);
        else
            Store(a, target);    // no instruction streams so few bytes
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a.lanes / b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new(Vector128.MultiplyAddEstimate(a.lanes, b.lanes, c.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 a) => new(Vector128.Sqrt(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.Max(a.lanes, b.lanes));

    // x − x is NaN for those that are not finite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 FiniteOrZero(Lanes128 a) => new(
        Vector128.ConditionalSelect(Vector128.Equals(a.lanes - a.lanes, Vector128<double>.Zero), a.lanes, Vector128<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes128 a) => Vector128.Sum(a.lanes);
}
