namespace BnNotebooks.Experiments;

/// <summary>
/// Noise that brings back what a normalization took away: in every training step each unit gets a new mean and a new spread,
/// and each of its values is drawn around these. After Santurkar, Tsipras, Ilyas and Madry (2018), who put such noise behind
/// each batch norm to see whether stable distributions are what makes it work.
/// </summary>
/// <remarks>
/// For unit j and step t, with draws anew in every step: m ~ U(−Shift, Shift) and s ~ U(1, 1 + Stretch) for the unit, then for
/// each value y = s·x̂ + m + Jitter·z with z ~ N(0, 1). In a CNN a unit is a channel. So the distribution that the next layer
/// sees jumps at every step. With shift 0, stretch 0 and jitter 0 nothing happens.
/// </remarks>
public sealed record NormNoise
{
    /// <summary>The largest mean that a unit may get, in units of the normalized values' standard deviation.</summary>
    public double Shift { get; init; } = 0.5;

    /// <summary>How much wider than normalized a unit's values may get, at most.</summary>
    public double Stretch { get; init; } = 0.5;

    /// <summary>The standard deviation of the noise on each value.</summary>
    public double Jitter { get; init; } = 0.1;
}
