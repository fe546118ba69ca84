using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>One double: for machines without vectors, and for what is left where a vector no longer fits.</summary>
internal readonly unsafe struct Lanes1 : ILanes<Lanes1>
{
    private readonly double lane;

    private Lanes1(double lane) => this.lane = lane;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Of(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Load<T>(T* source) where T : unmanaged => new(typeof(T) == typeof(double) ? *(double*)source : *(float*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Lanes1 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            *(double*)target = a.lane;
        else
            *(float*)target = (float)a.lane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream<T>(Lanes1 a, T* target) where T : unmanaged => Store(a, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.lane + b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.lane - b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.lane * b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.lane / b.lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(double.MultiplyAddEstimate(a.lane, b.lane, c.lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Sqrt(Lanes1 a) => new(Math.Sqrt(a.lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(Math.Max(a.lane, b.lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FiniteOrZero(Lanes1 a) => new(double.IsFinite(a.lane) ? a.lane : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes1 a) => a.lane;
}
