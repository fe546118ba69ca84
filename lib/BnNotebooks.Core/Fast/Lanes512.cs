using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>Eight doubles in 512 bits.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<double> lanes;

    private Lanes512(Vector512<double> lanes) => this.lanes = lanes;

    public static int Count => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Of(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load<T>(T* source) where T : unmanaged => typeof(T) == typeof(double)
        ? new(Vector512.Load((double*)source))
        : new(Vector512.WidenLower(Vector256.Load((float*)source).ToVector512Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Lanes512 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.Store((double*)target);
        else
            ToFloat(a.lanes).Store((float*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream<T>(Lanes512 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.StoreAlignedNonTemporal((double*)target);
        else
            ToFloat(a.lanes).StoreAlignedNonTemporal((float*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.lanes / b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) =>
        new(Vector512.MultiplyAddEstimate(a.lanes, b.lanes, c.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 a) => new(Vector512.Sqrt(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.Max(a.lanes, b.lanes));

    // x − x is NaN for those that are not finite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FiniteOrZero(Lanes512 a) => new(
        Vector512.ConditionalSelect(Vector512.Equals(a.lanes - a.lanes, Vector512<double>.Zero), a.lanes, Vector512<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes512 a) => Vector512.Sum(a.lanes);

    // What Narrow does in three instructions, x86 has one for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToFloat(Vector512<double> lanes) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(lanes) : Vector512.Narrow(lanes, lanes).GetLower();
}
