namespace BnNotebooks.Evidence;

/// <summary>Which test samples a run put in the right class, as a text: four samples a hexadecimal digit, behind their number.</summary>
static class RightWrong
{
    /// <summary>For example <c>5:b8</c> for right, wrong, right, right, right.</summary>
    public static string ToText(IReadOnlyList<bool>? right) => right is null ? "" : $"{right.Count}:{string.Concat(right.Chunk(4).Select(Digit))}";

    /// <summary>The reverse; null of an empty text.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static bool[]? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        var colon = text.IndexOf(':');
        var count = int.Parse(text.AsSpan(0, Math.Max(colon, 0)));
        var digits = text[(colon + 1)..];
        if (digits.Length != (count + 3) / 4)
            throw new FormatException($"Expected {(count + 3) / 4} digits for {count} samples, but there are {digits.Length}.");
        return [.. Enumerable.Range(0, count).Select(i => (Convert.ToInt32(digits.Substring(i / 4, 1), 16) & (8 >> (i % 4))) != 0)];
    }

    static char Digit(bool[] four) => "0123456789abcdef"[four.Select((right, i) => right ? 8 >> i : 0).Sum()];
}
