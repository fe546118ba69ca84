namespace BnNotebooks.Checks;

/// <summary>Wrong answers that would be right if one of the inputs were another: all ones, with the other sign, without its last row.</summary>
static class AsIf
{
    const double Same = 1e-7; // relative; wrong answers that differ by less are the same for us

    // What an input may have become ({0} is its name), from its values and the number of them in a row.
    static readonly (string Said, Func<double[], int, double[]> Values)[] changes =
    [
        ("{0} is left out: this is right for a {0} of ones.", (values, _) => Filled(values, 1)),
        ("{0} is left out: this is right for a {0} of zeros.", (values, _) => Filled(values, 0)),
        ("The sign of {0} is wrong: this is right for −{0}.", (values, _) => [.. values.Select(value => -value)]),
        ("It is {0} that multiplies, or divides, and you did the other of the two: this is right for 1/{0}.", (values, _) => [.. values.Select(value => 1 / value)]),
        ("{0} has a 1 too many: this is right for 1 + {0}.", (values, _) => [.. values.Select(value => value + 1)]),
        ("{0} comes in twice: this is right for {0} squared.", (values, _) => [.. values.Select(value => value * value)]),
        ("The first value of {0} stands for all of them: is an index missing?", (values, _) => Filled(values, values[0])),
        ("The mean of {0} stands for all of its values.", (values, _) => Filled(values, values.Average())),
        ("The last row of {0} is left out: does a loop end too early?", (values, row) => [.. values.SkipLast(row), .. new double[row]]),
        ("The first row of {0} is left out: a loop begins at 0.", (values, row) => [.. new double[row], .. values.Skip(row)]),
        ("The last column of {0} is left out: does a loop end too early?", (values, row) => [.. values.Select((value, i) => i % row == row - 1 ? 0 : value)]),
        ("Only the last row of {0} counts: is it = where += is meant?", (values, row) => [.. new double[values.Length - row], .. values.TakeLast(row)]),
        ("Only the first row of {0} counts: does a loop return too early?", (values, row) => [.. values.Take(row), .. new double[values.Length - row]]),
    ];

    /// <summary>A sentence about the input that was another, or null.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="attempts">The wrong answer on all trials.</param>
    /// <param name="part">The part of it that is wrong.</param>
    public static string? Of<TFunction>(Exercise<TFunction> exercise, Attempt[] attempts, int part) where TFunction : Delegate
    {
        if (attempts.SelectMany(attempt => attempt.Parts[part].Values!).Distinct().Count() < 2)
            return null; // a constant is right for too many inputs
        var names = attempts[0].Inputs.Select(input => input.Name).Where(name => attempts.All(attempt => attempt.Inputs.Any(input => input.Name == name))).ToArray();
        foreach (var name in names)
            foreach (var (said, change) in changes)
                if (IsRight((input, _) => input.Name == name ? change(input.Values!, RowLength(input)) : null))
                    return Sentence(said, name, attempts[0].Inputs.First(input => input.Name == name));
        foreach (var (k, first) in names.Index())
            foreach (var second in names.Skip(k + 1).Where(second => attempts.All(attempt => Named(attempt, first).HasShapeOf(Named(attempt, second)))))
                if (IsRight((input, attempt) => input.Name == first ? Named(attempt, second).Values : input.Name == second ? Named(attempt, first).Values : null))
                    return $"{Symbol(first)} and {Symbol(second)} changed places.";
        return null;

        bool IsRight(Func<Part, Attempt, double[]?> instead) => exercise.Trials.Zip(attempts).All(pair =>
        {
            var changed = Attempt.At(pair.First, exercise.Solution, name => instead(Named(pair.Second, name), pair.Second));
            return changed.Failure is null && RelativeError.Between(changed.Parts[part], pair.Second.Parts[part]) < Same;
        });
    }

    static Part Named(Attempt attempt, string name) => attempt.Inputs.First(input => input.Name == name);

    static double[] Filled(double[] values, double value) => [.. values.Select(_ => value)];

    // A list's 'row' is one value, a block's one image.
    static int RowLength(Part input) => input.Values!.Length / Math.Max(1, input.Shape.FirstOrDefault(1));

    static string Sentence(string said, string name, Part input)
    {
        var text = said.Replace("{0}", Symbol(name), StringComparison.Ordinal);
        return input.Shape.Length switch { 1 => text.Replace(" row ", " value ", StringComparison.Ordinal), 4 => text.Replace(" row ", " image ", StringComparison.Ordinal), _ => text };
    }

    // What the sentences about formulas call it.
    static string Symbol(string name) => name switch { "gamma" => "γ", "beta" => "β", _ => name };
}
