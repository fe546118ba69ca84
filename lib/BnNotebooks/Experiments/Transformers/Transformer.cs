using System.Globalization;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>
/// A small causal transformer over characters, in words: character and position embeddings, blocks of self-attention and a
/// two-layer perceptron (four times as wide, GELU) on a residual stream, and a linear output.
/// </summary>
/// <remarks>Weights start normal with variance 1/fan_in, biases at 0, embeddings normal with deviation 0.5.</remarks>
public sealed record Transformer
{
    /// <summary>How many blocks.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>The channels of the residual stream.</summary>
    public int Width { get; init; } = 32;

    /// <summary>The attention heads, which share the channels.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The most characters that are seen at once.</summary>
    public int Context { get; init; } = 32;

    /// <summary>What normalizes the residual stream.</summary>
    public TokenNorm Norm { get; init; } = TokenNorm.Layer;

    /// <summary>Where it stands.</summary>
    public NormPlace Place { get; init; } = NormPlace.Before;

    /// <summary>Whether queries and keys are normalized in each head, with a learned scale (Henry et al. 2020, Dehghani et al. 2023).</summary>
    public bool QkNorm { get; init; }

    /// <summary>
    /// Whether each branch has a learned factor that starts at 0, so that the network starts as its embeddings and its output alone
    /// (SkipInit, De and Smith 2020; ReZero, Bachlechner et al. 2021).
    /// </summary>
    public bool ZeroBranches { get; init; }

    /// <summary>Where α of <see cref="TokenNorm.DyT"/> starts.</summary>
    public double Alpha { get; init; } = 0.5;

    /// <summary>A short name, for legends and tables: <c>layer, before</c>.</summary>
    public override string ToString() => Norm == TokenNorm.None ? ZeroBranches ? "none, branches from 0" : "none"
        : $"{Norm}, {Place}{(QkNorm ? ", QK norm" : "")}{(ZeroBranches ? ", branches from 0" : "")}";

    internal string Settings => string.Create(CultureInfo.InvariantCulture,
        $"transformer {Layers} layers, width {Width}, {Heads} heads, context {Context}; {this}{(Norm is TokenNorm.DyT or TokenNorm.Scale ? $", alpha {Alpha}" : "")}");

    internal void Check()
    {
        Require(Layers >= 1, nameof(Layers), Layers, "at least 1");
        Require(Context >= 1, nameof(Context), Context, "at least 1");
        Require(Heads >= 1, nameof(Heads), Heads, "at least 1");
        Require(Width >= 2 * Heads && Width % Heads == 0, nameof(Width), Width, $"a multiple of the {Heads} heads, with at least 2 channels for each");
        Require(double.IsFinite(Alpha) && Alpha > 0, nameof(Alpha), Alpha, "a positive number");
    }

    static void Require(bool holds, string name, object value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"Expected {expected}.");
    }
}
