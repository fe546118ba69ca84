namespace BnNotebooks.Benchmarking;

/// <summary>
/// The inputs on which the suite measures how the cost of <see cref="Case"/> grows: one of N, C and H×W doubled five times
/// from a common start.
/// </summary>
public static class GrowthShapes
{
    const int Doublings = 5;

    /// <summary>The case that is measured on these shapes.</summary>
    public const string Case = "batchnorm2d/train/forward";

    /// <summary>What is doubled.</summary>
    public static IReadOnlyList<string> Axes { get; } = ["N", "C", "H×W"];

    /// <summary>The shapes (N, C, H, W) along an axis, from the start, each twice as large as the one before.</summary>
    /// <param name="axis">One of <see cref="Axes"/>.</param>
    public static IReadOnlyList<int[]> Along(string axis)
    {
        if (!Axes.Contains(axis))
            throw new ArgumentException($"Expected one of {string.Join(", ", Axes)}, but it is \"{axis}\".", nameof(axis));
        int[] shape = [8, 32, 16, 16];
        List<int[]> shapes = [shape];
        for (var doubling = 0; doubling < Doublings; doubling++)
        {
            shape = [.. shape];
            // H and W take turns, so that images stay images.
            shape[axis == "N" ? 0 : axis == "C" ? 1 : 2 + doubling % 2] *= 2;
            shapes.Add(shape);
        }
        return shapes;
    }
}
