using System.Numerics;
using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>One element: for what is left of a row, and for machines without vectors.</summary>
internal readonly unsafe struct Lanes1<T> : ILanes<Lanes1<T>, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T value;

    private Lanes1(T value) => this.value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Of(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Load(T* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes1<T> lanes, T* target) => *target = lanes.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Lanes1<T> lanes, T* target) => *target = lanes.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator +(Lanes1<T> a, Lanes1<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator -(Lanes1<T> a, Lanes1<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator *(Lanes1<T> a, Lanes1<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> MultiplyAdd(Lanes1<T> a, Lanes1<T> b, Lanes1<T> c) => new(T.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> WherePositive(Lanes1<T> a, Lanes1<T> by) => by.value <= T.Zero ? new(T.Zero) : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes1<T> lanes) => double.CreateTruncating(lanes.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes1<T> lanes, double* sums) => *sums += double.CreateTruncating(lanes.value);
}
