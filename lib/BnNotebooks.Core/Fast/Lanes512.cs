using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>As many elements as 512 bits have room for.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Lanes512<T>, T> where T : unmanaged
{
    private readonly Vector512<T> lanes;

    private Lanes512(Vector512<T> lanes) => this.lanes = lanes;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Of(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> lanes, T* target) => lanes.lanes.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Lanes512<T> lanes, T* target) => lanes.lanes.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WherePositive(Lanes512<T> a, Lanes512<T> by) =>
        new(Vector512.AndNot(a.lanes, Vector512.LessThanOrEqual(by.lanes, Vector512<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes512<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector512.Sum(a.lanes.AsDouble());
        var (lower, upper) = Vector512.Widen(a.lanes.AsSingle());
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes512<T> a, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector512.Load(sums) + a.lanes.AsDouble()).Store(sums);
            return;
        }
        var (lower, upper) = Vector512.Widen(a.lanes.AsSingle());
        (Vector512.Load(sums) + lower).Store(sums);
        (Vector512.Load(sums + Vector512<double>.Count) + upper).Store(sums + Vector512<double>.Count);
    }
}
