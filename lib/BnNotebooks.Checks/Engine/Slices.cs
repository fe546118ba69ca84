namespace BnNotebooks.Checks;

/// <summary>Which rows, columns, images or channels of a wrong answer are right: loops that end too early, and sums that are not set to zero, leave some right.</summary>
static class Slices
{
    const double Same = 1e-7; // relative; wrong answers that differ by less are the same for us

    /// <summary>A sentence about the slices that are right, or null.</summary>
    /// <param name="pairs">For each trial the wrong part and the right one, of one shape.</param>
    public static string? Of(IReadOnlyList<(Part Wrong, Part Right, Attempt Attempt)> pairs)
    {
        var wrong = pairs.Select(pair => (pair.Wrong, pair.Right)).Where(pair => RelativeError.Between(pair.Wrong, pair.Right) > Same).ToArray(); // some inputs hide a mistake
        if (wrong.Length == 0)
            return null;
        return Enumerable.Range(0, wrong[0].Right.Shape.Length).Select(axis => Along(wrong, axis)).FirstOrDefault(said => said is not null)
            ?? OnlyFirstValue(wrong)
            ?? Enumerable.Range(0, wrong[0].Right.Shape.Length).Reverse().Select(axis => Straight(wrong, axis)).FirstOrDefault(said => said is not null);
    }

    static string? Along((Part Wrong, Part Right)[] pairs, int axis)
    {
        var slice = Name(pairs[0].Right.Shape.Length, axis);
        var right = pairs.Select(pair => IsRight(pair.Wrong, pair.Right, axis)).ToArray();
        if (right.Max(of => of.Length) < 3) // of two, the last is all but the first
            return null;
        var isZero = pairs.All(pair => IsZeroWhereWrong(pair.Wrong, pair.Right));
        if (right.All(of => !of[^1] && of.SkipLast(1).All(ok => ok)))
            return isZero ? $"The last {slice} is 0, all else is right: does a loop end too early?" : $"All is right but the last {slice}: does a loop end too early?";
        if (isZero && right.All(of => of[0] && !of.SkipWhile(ok => ok).Any(ok => ok) && of.Count(ok => ok) > 1))
            return $"It is 0 from some {slice} on, all before is right: does a loop end too early?";
        if (right.All(of => !of[0] && of.Skip(1).All(ok => ok)))
            return isZero ? $"The first {slice} is 0, all else is right: a loop begins at 0." : $"All is right but the first {slice}.";
        if (right.All(of => of[0] && !of.Skip(1).Any(ok => ok)))
            return isZero ? $"Only the first {slice} is written, the rest is 0: does the function return too early?"
                : $"Only the first {slice} is right: is a sum not set back to zero for the next {slice}, or an index missing?";
        if (right.All(of => of[^1] && !of.SkipLast(1).Any(ok => ok)))
            return isZero ? $"Only the last {slice} is written, the rest is 0." : $"Only the last {slice} is right: is one variable overwritten from {slice} to {slice}, and read after the loop?";
        return null;
    }

    static string? OnlyFirstValue((Part Wrong, Part Right)[] pairs) =>
        pairs.All(pair => RelativeError.OfEach(pair.Wrong.Values!, pair.Right.Values!).Select((error, i) => error < Same == (i == 0)).All(ok => ok)) && pairs.Any(pair => pair.Right.Values!.Length > 2)
            ? "Only the very first value is right: is a sum not set back to zero for the next one?"
            : null;

    // Each slice is right up to a factor and a number added, both of its own.
    static string? Straight((Part Wrong, Part Right)[] pairs, int axis)
    {
        var lines = pairs.SelectMany(pair => Lines(pair.Wrong, pair.Right, axis)).ToArray();
        if (pairs[0].Right.Shape.Length < 2 || lines.Length == 0 || lines.Any(line => double.IsNaN(line.Factor)))
            return null;
        var slice = Name(pairs[0].Right.Shape.Length, axis);
        return lines.All(line => Math.Abs(line.Factor - 1) < Same) ? $"Each {slice} is right but for a number that is added to all of it: look at what you subtract and add."
            : lines.All(line => Math.Abs(line.Added) < Same) ? $"Each {slice} is right but for a factor: look at what you multiply and divide by."
            : $"Each {slice} is right but for a factor and a number that is added to all of it: look at the mean and the variance.";
    }

    // The factor of each slice that has one, and what is added, beside the right part's size; NaN where there is none. A constant slice says nothing.
    static IEnumerable<(double Factor, double Added)> Lines(Part wrong, Part right, int axis)
    {
        var scale = right.Values!.Max(Math.Abs);
        for (var k = 0; k < right.Shape[axis]; k++)
        {
            int[] places = [.. Places(right, axis, k)];
            var (low, high) = (places.MinBy(i => right.Values![i]), places.MaxBy(i => right.Values![i]));
            var range = right.Values![high] - right.Values[low];
            if (range < Same * scale)
                continue;
            var factor = (wrong.Values![high] - wrong.Values[low]) / range;
            var added = wrong.Values[low] - factor * right.Values[low];
            var isLine = places.Length > 2 && factor != 0
                && places.All(i => Math.Abs(wrong.Values[i] - factor * right.Values[i] - added) < Same * (Math.Abs(wrong.Values[i]) + scale));
            yield return isLine ? (factor, added / scale) : (double.NaN, 0);
        }
    }

    static bool[] IsRight(Part wrong, Part right, int axis)
    {
        double[] errors = [.. RelativeError.OfEach(wrong.Values!, right.Values!)];
        return [.. Enumerable.Range(0, right.Shape[axis]).Select(k => Places(right, axis, k).All(i => errors[i] < Same))];
    }

    static bool IsZeroWhereWrong(Part wrong, Part right) =>
        RelativeError.OfEach(wrong.Values!, right.Values!).Zip(wrong.Values!).All(value => value.First < Same || value.Second == 0);

    static IEnumerable<int> Places(Part part, int axis, int index)
    {
        var step = part.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b);
        return Enumerable.Range(0, part.Values!.Length).Where(i => i / step % part.Shape[axis] == index);
    }

    static string Name(int rank, int axis) => (rank, axis) switch
    {
        (2, 0) => "row",
        (2, 1) => "column",
        (4, 0) => "image",
        (4, 1) => "channel",
        (4, 2) => "row of pixels",
        (4, 3) => "column of pixels",
        _ => "value",
    };
}
