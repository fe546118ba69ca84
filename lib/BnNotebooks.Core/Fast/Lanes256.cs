using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BnNotebooks.Core;

/// <summary>As many elements as 256 bits have room for.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Lanes256<T>, T> where T : unmanaged
{
    private readonly Vector256<T> lanes;

    private Lanes256(Vector256<T> lanes) => this.lanes = lanes;

    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Of(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> lanes, T* target) => lanes.lanes.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Lanes256<T> lanes, T* target) => lanes.lanes.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.MultiplyAddEstimate(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>())
        : new(Vector256.MultiplyAddEstimate(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WherePositive(Lanes256<T> a, Lanes256<T> by) =>
        new(Vector256.AndNot(a.lanes, Vector256.LessThanOrEqual(by.lanes, Vector256<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes256<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector256.Sum(a.lanes.AsDouble());
        var (lower, upper) = Vector256.Widen(a.lanes.AsSingle());
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Lanes256<T> a, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector256.Load(sums) + a.lanes.AsDouble()).Store(sums);
            return;
        }
        var (lower, upper) = Vector256.Widen(a.lanes.AsSingle());
        (Vector256.Load(sums) + lower).Store(sums);
        (Vector256.Load(sums + Vector256<double>.Count) + upper).Store(sums + Vector256<double>.Count);
    }
}
