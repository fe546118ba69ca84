using System.Globalization;
using BnNotebooks.Core;

namespace BnNotebooks.Experiments;

/// <summary>
/// A normalization with its options: <c>Norm.Batch with { Momentum = 0.01 }</c>. They are TorchSharp's layers, but for
/// <see cref="ByHand"/>, which takes one of this library's.
/// </summary>
public sealed record Norm
{
    internal enum Kind { None, Batch, Layer, Group, Instance, Weight, ByHand }

    Norm(Kind type, string name) => (Type, Name) = (type, name);

    internal Kind Type { get; }

    /// <summary>What it is called in legends and tables.</summary>
    public string Name { get; init; }

    /// <summary>No normalization.</summary>
    public static Norm None { get; } = new(Kind.None, "none");

    /// <summary>Batch normalization: over the batch, and over the positions in a CNN.</summary>
    public static Norm Batch { get; } = new(Kind.Batch, "batch");

    /// <summary>
    /// Layer normalization: over all units of a sample. In a CNN over all channels and positions, with γ and β per channel: a
    /// group norm of one group.
    /// </summary>
    public static Norm Layer { get; } = new(Kind.Layer, "layer");

    /// <summary>Group normalization: over groups of a sample's channels; see <see cref="Groups"/>.</summary>
    public static Norm Group { get; } = new(Kind.Group, "group");

    /// <summary>Instance normalization: over the positions of one channel of one sample; for a CNN only.</summary>
    public static Norm Instance { get; } = new(Kind.Instance, "instance");

    /// <summary>
    /// Weight normalization (Salimans and Kingma 2016): each unit's weight is g·v/‖v‖, with g and v learned. It normalizes
    /// weights, not activations, so it has no placement.
    /// </summary>
    public static Norm Weight { get; } = new(Kind.Weight, "weight");

    /// <summary>
    /// A layer of this library, written by hand, forward and backward, inside the same network. It has its own default options;
    /// those below are for TorchSharp's layers.
    /// </summary>
    /// <param name="name">One of <see cref="Normalizations.Names"/> but <c>weight</c> and <c>none</c>, for example <c>switchable</c>.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public static Norm ByHand(string name)
    {
        string[] known = [.. Normalizations.Names.Except(["none", "weight"])];
        return known.Contains(name)
            ? new Norm(Kind.ByHand, $"{name} (by hand)") { Hand = name }
            : throw new ArgumentException($"Expected one of {string.Join(", ", known)}, but it is '{name}'.", nameof(name));
    }

    /// <summary>ε, added to the variance.</summary>
    public double Eps { get; init; } = 1e-5;

    /// <summary>
    /// The share of the new batch in the running statistics of a batch norm; null takes the plain average over all batches so
    /// far.
    /// </summary>
    public double? Momentum { get; init; } = 0.1;

    /// <summary>Whether there are a learned γ and β.</summary>
    public bool Affine { get; init; } = true;

    /// <summary>
    /// The groups of a group norm; null takes 32, or the next smaller power of two that divides the channels and leaves two in
    /// a group. In a perceptron two is too few: of two numbers normalization leaves +1 and −1.
    /// </summary>
    public int? Groups { get; init; }

    /// <summary>Noise after each normalization, in training only, or null; see <see cref="NormNoise"/>.</summary>
    public NormNoise? Noise { get; init; }

    /// <summary>The name in <see cref="Normalizations"/>, of a layer by hand.</summary>
    internal string? Hand { get; private init; }

    /// <summary>Its name and all of its options.</summary>
    internal string Settings => Type == Kind.None ? Name : string.Create(CultureInfo.InvariantCulture,
        $"{Name} (eps {Eps}, momentum {Momentum}, affine {Affine}, groups {Groups}, noise {Noise})");

    /// <summary>Its name, for legends.</summary>
    public override string ToString() => Name;
}
