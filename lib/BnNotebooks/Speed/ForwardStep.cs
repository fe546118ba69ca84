using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BnNotebooks.Speed;

/// <summary>
/// One way to compute the training forward pass of batch normalization, y = (x − μ)/√(σ² + ε) for each channel. The steps
/// from <see cref="Step1Scalar"/> to <see cref="Step6Threads"/> each add one idea to the one before; every one still runs,
/// so that what an idea buys can be measured on any machine. All compute in double and round once, so all have the same
/// accuracy.
/// </summary>
/// <remarks>
/// From the second step on, the inner loops are marked <c>AggressiveOptimization</c>: without it the runtime compiles a method
/// in a hurry at first, and well only after many calls, which in a notebook, whose own compiler competes, can take seconds.
/// <para>γ, β and the running statistics are left out: they are a few numbers a channel. The library's own layers, which have
/// all these ideas and choose among them by shape, keep them.</para>
/// </remarks>
public abstract class ForwardStep
{
    /// <summary>ε, added to the variance before the square root.</summary>
    public const double Eps = 1e-5;

    /// <summary>All steps, in order.</summary>
    /// <param name="threads">How many threads the last one may use.</param>
    public static IReadOnlyList<ForwardStep> All(int threads) =>
    [
        new Step1Scalar(), new Step2Vector(), new Step3Fused(), new Step4CacheBlocked(), new Step5Streaming(),
        new Step6Threads(threads),
    ];

    /// <summary>A short name, for tables and charts.</summary>
    public abstract string Name { get; }

    /// <summary>What this step does that the one before does not.</summary>
    public abstract string Idea { get; }

    /// <summary>
    /// How many bytes move between memory and the caches for each element, if a channel stays in the cache but the tensor
    /// does not: 4 for each time it is read, 4 when it is written, and 4 more if it is fetched before being overwritten.
    /// </summary>
    public abstract int BytesPerElement { get; }

    /// <summary>How many additions, subtractions and multiplications each element takes.</summary>
    public abstract int FlopsPerElement { get; }

    /// <summary>Normalizes a batch into existing memory.</summary>
    /// <param name="x">The batch, (N, C, …), dense.</param>
    /// <param name="y">Where the result goes, of the same shape, dense, another tensor than <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A tensor is not dense, or the shapes differ, or a channel has fewer than two values.</exception>
    public void Forward(Tensor<float> x, Tensor<float> y)
    {
        ArgumentNullException.ThrowIfNull(y);
        var shape = BatchShape.Of(x);
        if (!x.Lengths.SequenceEqual(y.Lengths))
            throw new ArgumentException($"Expected an output of the input's shape [{string.Join(", ", x.Lengths.ToArray())}]; got [{string.Join(", ", y.Lengths.ToArray())}].", nameof(y));
        if (!x.IsDense || !y.IsDense)
            throw new ArgumentException("Expected dense tensors; call ToDenseTensor() first.", x.IsDense ? nameof(y) : nameof(x));
        if (shape.M < 2)
            throw new ArgumentException($"Expected at least two values a channel; got [{string.Join(", ", x.Lengths.ToArray())}]. Use a larger batch.", nameof(x));
        Compute(
            MemoryMarshal.CreateReadOnlySpan(in x.GetPinnableReference(), (int)x.FlattenedLength), shape,
            MemoryMarshal.CreateSpan(ref y.GetPinnableReference(), (int)y.FlattenedLength));
    }

    /// <summary>The step itself, on tensors that are known to be right.</summary>
    /// <param name="x">The batch in row-major order.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="y">Where the result goes, in row-major order.</param>
    private protected abstract void Compute(ReadOnlySpan<float> x, BatchShape shape, Span<float> y);
}
