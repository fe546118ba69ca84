using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Group normalization (Wu &amp; He 2018, eq. 1, 2 and 7) of (N, C, …), as <c>torch.nn.GroupNorm</c>: the channels of each sample in
/// groups of neighbours, each group by its own mean and variance, each channel with a γ and a β.
/// </summary>
/// <remarks>
/// Per group, over the m values of its channels in one sample, with a γ and a β for each channel:
/// <code>
/// μ = 1/m · Σ x        σ² = 1/m · Σ (x − μ)²        x̂ = (x − μ)/√(σ² + ε)        y = γ·x̂ + β
/// </code>
/// With one group it is layer norm over (C, …), but for γ and β by channel; with C groups it is instance norm.
/// <para>γ starts as ones and β as zeros, as in PyTorch. (TorchSharp's <c>GroupNorm</c> leaves both uninitialised from 0.104
/// on: set them before you compare.)</para>
/// <para>A group of a single value would come out as β, whatever it was, so it is refused. (PyTorch refuses it for a batch of one.)</para>
/// <para>The derivation of the gradients is with <see cref="SampleNorm{T}"/>.</para>
/// </remarks>
/// <typeparam name="T">The element type: <see cref="float"/>, or <see cref="double"/> for teaching and gradient checks.</typeparam>
public class GroupNorm<T> : SampleNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer, with γ = 1 and β = 0 for each channel.</summary>
    /// <param name="numGroups">G, the number of groups, at least 1; it divides the number of channels.</param>
    /// <param name="numChannels">C, the number of channels, at least 1.</param>
    /// <param name="eps">ε, added to the variance; not negative.</param>
    /// <param name="affine">Whether to learn γ and β, of shape (C,).</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of what is said above, or not a number.</exception>
    public GroupNorm(int numGroups, int numChannels, double eps = 1e-5, bool affine = true)
        : base([Guard.Positive(numChannels, nameof(numChannels))], eps, weight: affine, bias: affine)
    {
        if (numChannels % Guard.Positive(numGroups, nameof(numGroups)) != 0)
            throw new ArgumentException(
                $"Expected groups of the same size, but {numGroups} groups do not divide {numChannels} channels.", nameof(numGroups));
        NumGroups = numGroups;
        NumChannels = numChannels;
    }

    /// <summary>G, the number of groups.</summary>
    public int NumGroups { get; }

    /// <summary>C, the number of channels.</summary>
    public int NumChannels { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<nint> OutputShape(ReadOnlySpan<nint> input)
    {
        NormGuard.Channels(input, "(N, C, …)", input.Length >= 2, channelDimension: 1, NumChannels, nameof(input));
        if (Shape(input).M == 1)        // asked here first, so that the remedy is put into words only if there is need for it
            NormGuard.Spread(1, "group", input, $"Use fewer groups than {NumGroups}.", nameof(input));
        return input;
    }

    private protected override NormShape Shape(ReadOnlySpan<nint> input) => NormShape.Group(input, NumGroups);
}

/// <summary><see cref="GroupNorm{T}"/> in single precision, as PyTorch's is by default.</summary>
public sealed class GroupNorm(int numGroups, int numChannels, double eps = 1e-5, bool affine = true)
    : GroupNorm<float>(numGroups, numChannels, eps, affine);
