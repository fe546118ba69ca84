using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>Four doubles in 256 bits.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<double> lanes;

    private Lanes256(Vector256<double> lanes) => this.lanes = lanes;

    public static int Count => Vector256<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Of(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load<T>(T* source) where T : unmanaged => typeof(T) == typeof(double)
        ? new(Vector256.Load((double*)source))
        : new(Vector256.WidenLower(Vector128.Load((float*)source).ToVector256Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Lanes256 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.Store((double*)target);
        else
            ToFloat(a.lanes).Store((float*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream<T>(Lanes256 a, T* target) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            a.lanes.StoreAlignedNonTemporal((double*)target);
        else
            ToFloat(a.lanes).StoreAlignedNonTemporal((float*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a.lanes + b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a.lanes - b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a.lanes * b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a.lanes / b.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a.lanes, b.lanes, c.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 a) => new(Vector256.Sqrt(a.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.Max(a.lanes, b.lanes));

    // x − x is NaN for those that are not finite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FiniteOrZero(Lanes256 a) => new(
        Vector256.ConditionalSelect(Vector256.Equals(a.lanes - a.lanes, Vector256<double>.Zero), a.lanes, Vector256<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes256 a) => Vector256.Sum(a.lanes);

    // What Narrow does in three instructions, x86 has one for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToFloat(Vector256<double> lanes) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(lanes) : Vector256.Narrow(lanes, lanes).GetLower();
}
