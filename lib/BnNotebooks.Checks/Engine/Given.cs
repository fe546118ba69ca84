namespace BnNotebooks.Checks;

/// <summary>Hands a learner's function copies of a trial's arrays, and knows afterwards whether it wrote into one of them.</summary>
/// <param name="instead">From an array's name to other values for it, or null if it stays as it is.</param>
sealed class Given(Func<string, double[]?>? instead = null)
{
    readonly List<(string Name, Array Original, Array Copy)> arrays = [];

    /// <summary>A copy of an array for the function to read.</summary>
    /// <param name="name">What the function calls it.</param>
    /// <param name="values">The array; it stays as it is.</param>
    public T Copy<T>(string name, T values) where T : class
    {
        var copy = ((Array)(object)values).Clone();
        if (copy is not int[] && instead?.Invoke(name) is { } others)
            Buffer.BlockCopy(others, 0, (Array)copy, 0, Buffer.ByteLength(others));
        arrays.Add((name, (Array)(object)values, (Array)copy));
        return (T)copy;
    }

    /// <summary>The name of an array that the function changed, or null.</summary>
    public string? Changed => arrays.Find(array => !array.Original.Cast<object>().SequenceEqual(array.Copy.Cast<object>())).Name;

    /// <summary>The arrays as they were handed out, by name.</summary>
    public IEnumerable<Part> Parts => arrays.Select(array => Part.Of(array.Name, array.Original));
}
