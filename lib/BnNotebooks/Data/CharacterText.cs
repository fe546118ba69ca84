namespace BnNotebooks.Data;

/// <summary>
/// A text as numbers: each character is its place in the alphabet of those that occur. By position, the first 80 % are for training,
/// the next 10 % for choosing learning rates and the like, and the last 10 % for comparing what was chosen.
/// </summary>
public sealed class CharacterText
{
    const double TrainingShare = 0.8, ValidationShare = 0.1;

    /// <summary>Numbers the characters of a text.</summary>
    /// <param name="text">At least ten characters, so that no part is empty.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public CharacterText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < 10)
            throw new ArgumentException($"Expected a text of at least 10 characters, to be cut into three parts, but it has {text.Length}.", nameof(text));
        Alphabet = string.Concat(text.Distinct().Order());
        Indices = IndicesOf(text);
        int train = (int)(TrainingShare * text.Length), validation = (int)((TrainingShare + ValidationShare) * text.Length);
        (Train, Validation, Test) = (Indices[..train], Indices[train..validation], Indices[validation..]);
    }

    /// <summary>The characters that occur, in the order of their code; a character's number is its place here.</summary>
    public string Alphabet { get; }

    /// <summary>The whole text as numbers.</summary>
    public int[] Indices { get; }

    /// <summary>The first 80 %.</summary>
    public int[] Train { get; }

    /// <summary>The next 10 %.</summary>
    public int[] Validation { get; }

    /// <summary>The last 10 %.</summary>
    public int[] Test { get; }

    /// <summary>Characters as numbers.</summary>
    /// <param name="text">Characters of the alphabet.</param>
    /// <exception cref="ArgumentException">One does not occur in the text.</exception>
    public int[] IndicesOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Select(character => Alphabet.IndexOf(character) is var index and >= 0
            ? index
            : throw new ArgumentException($"Expected characters that occur in the text, but there is '{character}'. They are: {Alphabet.Trim()}", nameof(text)))];
    }

    /// <summary>Numbers as characters.</summary>
    /// <param name="indices">Places in the alphabet.</param>
    public string TextOf(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return string.Concat(indices.Select(index => Alphabet[index]));
    }

    /// <summary>
    /// The entropy of the characters' frequencies in the training part, in nats a character: the loss of the best guess that looks
    /// at no context.
    /// </summary>
    public double FrequencyEntropy() =>
        -Train.CountBy(index => index).Sum(entry => (double)entry.Value / Train.Length * Math.Log((double)entry.Value / Train.Length));
}
