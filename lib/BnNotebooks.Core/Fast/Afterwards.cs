using System.Runtime.CompilerServices;

namespace BnNotebooks.Core;

/// <summary>What is done to y = γ·x̂ + β before it leaves the registers, so that it need not come from memory again for it.</summary>
internal unsafe interface IAfterwards
{
    /// <summary>Whether there is anything to do at all.</summary>
    static abstract bool Something { get; }

    /// <summary>The output for y; <paramref name="more"/> is where the second summand of these places is, if there is one.</summary>
    static abstract V Output<V, T>(V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T>;

    /// <summary>∂ℓ/∂y for the output's gradient; <paramref name="more"/> is where the output of these places is, if it is needed.</summary>
    static abstract V Gradient<V, T>(V gradient, V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T>;
}

/// <summary>Nothing.</summary>
internal readonly unsafe struct Nothing : IAfterwards
{
    public static bool Something => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V, T>(V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T> => y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V, T>(V gradient, V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T> => gradient;
}

/// <summary>max(0, y). Its gradient asks for the sign of y, which is worked out anew from x: nothing is kept for it.</summary>
internal readonly unsafe struct ThenReLU : IAfterwards
{
    public static bool Something => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V, T>(V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T> => V.WherePositive(y, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V, T>(V gradient, V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T> =>
        V.WherePositive(gradient, y);
}

/// <summary>max(0, y + r) with a residual r. Its gradient asks for the sign of the output.</summary>
internal readonly unsafe struct ThenAddReLU : IAfterwards
{
    public static bool Something => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V, T>(V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T>
    {
        var sum = y + V.Load(more);
        return V.WherePositive(sum, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V, T>(V gradient, V y, T* more) where T : unmanaged where V : unmanaged, ILanes<V, T> =>
        V.WherePositive(gradient, V.Load(more));
}
