using System.Globalization;

namespace BnNotebooks.Checks;

/// <summary>What a wrong answer has to do with the right one, when no mistake of the exercise's own explains it.</summary>
static class Likeness
{
    const double Same = 1e-7; // relative; wrong answers that differ by less are the same for us

    /// <summary>A sentence about the likeness, or null.</summary>
    /// <param name="pairs">For each trial the wrong part, the right one, and what the trial's input was.</param>
    public static string? Of(IReadOnlyList<(Part Wrong, Part Right, Attempt Attempt)> pairs)
    {
        if (pairs.All(pair => pair.Wrong.Values!.All(value => value == 0)))
            return "All of it is zero: is the result ever written?";
        if (pairs.All(pair => pair.Wrong.Values!.All(double.IsNaN)))
            return "All of it is NaN, which is what 0/0 gives, and the root of a negative number.";
        foreach (var input in pairs[0].Attempt.Inputs)
            if (pairs.All(pair => pair.Attempt.Inputs.FirstOrDefault(other => other.Name == input.Name) is { } x && RelativeError.Between(pair.Wrong, x) < Same))
                return $"This is {input.Name} itself, as it came in.";
        if (pairs.All(pair => RelativeError.Between(Transposed(pair.Wrong), pair.Right) < Same) && pairs.Any(pair => pair.Wrong.Shape is [> 1, > 1]))
            return "Rows and columns are exchanged: this is the right table, transposed.";
        if (Ratios(pairs) is { } ratios && ratios.Any(ratio => Math.Abs(ratio - 1) > 1e-6) && Factor(ratios, pairs) is { } factor) // a float's rounding is no factor
            return factor;
        if (Differences(pairs) is { } differences && differences.Max() - differences.Min() < Same * Math.Abs(differences[0]))
            return $"Everything is off by the same amount: {Number(differences[0])} too {(differences[0] > 0 ? "large" : "small")}.";
        var error = pairs.Max(pair => RelativeError.Between(pair.Wrong, pair.Right));
        return error < 1e-4 // what a float's 24 bits leave of a few operations
            ? "Nearly right: as if a step were computed in float, or ε forgotten. All numbers here are double."
            : null;
    }

    static string? Factor(double[] ratios, IReadOnlyList<(Part Wrong, Part Right, Attempt Attempt)> pairs)
    {
        if (ratios.All(ratio => Math.Abs(ratio + 1) < Same))
            return "The sign is wrong everywhere.";
        foreach (var (name, power) in from factor in pairs[0].Attempt.Factors from power in new[] { 1, -1, 0.5, -0.5, 2, -2 } select (factor.Name, power))
            foreach (var sign in new[] { 1, -1 })
                if (pairs.Zip(ratios).All(pair => pair.First.Attempt.Factors.FirstOrDefault(factor => factor.Name == name) is (not null, var value)
                    && Math.Abs(sign * pair.Second / Math.Pow(value, power) - 1) < Same))
                    return $"Everything is {name}{power switch { 1 or -1 => "", 0.5 or -0.5 => "'s root", _ => " squared" }} times too {(power > 0 ? "large" : "small")}"
                        + (sign < 0 ? ", and the sign is wrong." : ".") + (power == 1 ? " A sum where a mean is meant?" : power == -1 ? " A mean where a sum is meant?" : "");
        return pairs.Sum(pair => pair.Right.Values!.Length) > 1 && ratios.Max() - ratios.Min() < Same * Math.Abs(ratios[0])
            ? $"Everything is {Number(Math.Abs(ratios[0]))} times what it should be{(ratios[0] < 0 ? ", with the wrong sign" : "")}."
            : null;
    }

    // The factor of each trial between wrong and right, or null if one has none.
    static double[]? Ratios(IReadOnlyList<(Part Wrong, Part Right, Attempt Attempt)> pairs)
    {
        var ratios = new double[pairs.Count];
        for (var i = 0; i < ratios.Length; i++)
        {
            var (wrong, right) = (pairs[i].Wrong.Values!, pairs[i].Right.Values!);
            var largest = Enumerable.Range(0, right.Length).DefaultIfEmpty(-1).MaxBy(k => k < 0 ? 0 : Math.Abs(right[k]));
            if (largest < 0 || right[largest] == 0)
                return null;
            ratios[i] = wrong[largest] / right[largest];
            var scaled = pairs[i].Right with { Values = [.. right.Select(value => value * ratios[i])] };
            if (!double.IsFinite(ratios[i]) || ratios[i] == 0 || RelativeError.Between(pairs[i].Wrong, scaled) > Same)
                return null;
        }
        return ratios;
    }

    static double[]? Differences(IReadOnlyList<(Part Wrong, Part Right, Attempt Attempt)> pairs)
    {
        double[] differences = [.. pairs.SelectMany(pair => pair.Wrong.Values!.Zip(pair.Right.Values!, (wrong, right) => wrong - right))];
        return differences.Length > 1 && differences.All(double.IsFinite) && differences[0] != 0 ? differences : null;
    }

    static Part Transposed(Part part)
    {
        if (part.Shape is not [var rows, var columns] || part.Values is null)
            return part;
        var values = new double[part.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i % columns * rows + i / columns] = part.Values[i];
        return new Part(part.Name, [columns, rows], values);
    }

    static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
