using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>As many elements as 128 bits have room for.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Lanes128<T>, T> where T : unmanaged
{
    private readonly Vector128<T> lanes;

    private Lanes128(Vector128<T> lanes) => this.lanes = lanes;

    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Of(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> lanes, T* target) => lanes.lanes.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Lanes128<T> lanes, T* target) => lanes.lanes.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.MultiplyAddEstimate(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>())
        : new(Vector128.MultiplyAddEstimate(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WherePositive(Lanes128<T> a, Lanes128<T> by) =>
        new(Vector128.AndNot(a.lanes, Vector128.LessThanOrEqual(by.lanes, Vector128<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes128<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector128.Sum(a.lanes.AsDouble());
        var (lower, upper) = Vector128.Widen(a.lanes.AsSingle());
        return Vector128.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes128<T> a, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector128.Load(sums) + a.lanes.AsDouble()).Store(sums);
            return;
        }
        var (lower, upper) = Vector128.Widen(a.lanes.AsSingle());
        (Vector128.Load(sums) + lower).Store(sums);
        (Vector128.Load(sums + Vector128<double>.Count) + upper).Store(sums + Vector128<double>.Count);
    }
}
