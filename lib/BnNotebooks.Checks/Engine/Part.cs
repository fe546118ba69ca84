namespace BnNotebooks.Checks;

/// <summary>One thing that an answer consists of, by its name: a number, a list, a table or a block of numbers, in row-major order.</summary>
/// <param name="Name">What the exercise calls it, for example <c>dγ</c>.</param>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Values">Its numbers, or null if it is not there (yet).</param>
sealed record Part(string Name, int[] Shape, double[]? Values)
{
    public static Part Of(string name, double value) => new(name, [], [value]);

    public static Part Of(string name, bool value) => new(name, [], [value ? 1 : 0]);

    /// <summary>A part of an array of <see cref="double"/> or <see cref="int"/> with any number of dimensions; null is a part that is not there.</summary>
    public static Part Of(string name, Array? values) => new(name,
        values is null ? [] : [.. Enumerable.Range(0, values.Rank).Select(values.GetLength)],
        values is null ? null : [.. values.Cast<object>().Select(Convert.ToDouble)]);

    public bool HasShapeOf(Part other) => Shape.AsSpan().SequenceEqual(other.Shape);

    /// <summary>Its sizes in words: <c>4 × 3</c>.</summary>
    public string Size => Shape.Length == 0 ? "one number" : string.Join(" × ", Shape);

    /// <summary>Where the value with a number stands: <c>[1, 0]</c>.</summary>
    public string Place(int index)
    {
        var place = new int[Shape.Length];
        for (var d = Shape.Length - 1; d >= 0; d--)
            (index, place[d]) = Math.DivRem(index, Shape[d]);
        return place.Length == 0 ? "" : $"[{string.Join(", ", place)}]";
    }
}
