using System.Globalization;

namespace BnNotebooks.Checks;

/// <summary>One answer, tried on all inputs of an exercise: first whether there is one, then whether it is right, then which mistake it made.</summary>
sealed class Examination<TFunction>(Exercise<TFunction> exercise, TFunction answer) where TFunction : Delegate
{
    // Wrong answers that differ by less made the same mistake: far above rounding, far below what any mistake changes.
    const double Alike = 1e-7;

    readonly Attempt[] right = Attempts(exercise, exercise.Solution);

    public CheckResult Result()
    {
        if (TimeLimit.Run(() => Attempts(exercise, answer)) is not { } attempts)
            return Wrong("It did not return within 10 seconds.", "A loop without an end? (It goes on in the background until the kernel is restarted.)");
        if (attempts[0].Failure is NotImplementedException)
            return new(exercise.Title, CheckStatus.NotSolved, "Write it in place of the exception and run the cell again.") { Next = Next() };
        if (attempts.FirstOrDefault(attempt => attempt.Failure is not null) is { } failed)
            return Wrong(RecognizedByFailure(attempts) ?? Explained(failed.Failure!), $"That was with {failed.Trial}.");

        var errors = Errors(attempts);
        var result = Judged(attempts, errors);
        return result with { Parts = errors, Tolerance = exercise.Tolerance };
    }

    static Attempt[] Attempts(Exercise<TFunction> exercise, TFunction function) => [.. exercise.Trials.Select(trial => Attempt.At(trial, function))];

    // The largest error of each part over all trials; null for a part that is null in any.
    (string Name, double? RelativeError)[] Errors(Attempt[] attempts) =>
    [
        .. right[0].Parts.Select((part, k) => (part.Name, attempts.Any(attempt => attempt.Parts[k].Values is null)
            ? (double?)null
            : attempts.Zip(right).Max(pair => RelativeError.Between(pair.First.Parts[k], pair.Second.Parts[k])))),
    ];

    CheckResult Judged(Attempt[] attempts, (string Name, double? RelativeError)[] errors)
    {
        var first = Array.FindIndex(errors, error => error.RelativeError is not { } value || !(value <= exercise.Tolerance));
        if (attempts.Select(attempt => attempt.Changed).FirstOrDefault(name => name is not null) is { } changed)
            return Wrong($"You changed {changed} in place.", "Whoever called your function still needs it: write the result into an array of its own.");
        if (first < 0)
            return new(exercise.Title, CheckStatus.Solved,
                $"Largest relative error {errors.Max(error => error.RelativeError!.Value).ToString("0.0e+0", CultureInfo.InvariantCulture)} on {attempts.Length} inputs.");
        if (errors[first].RelativeError is null)
            return new(exercise.Title, CheckStatus.NotSolved, errors.Length == 1 ? "It returns null."
                : first == 0 ? $"{errors[0].Name} is null; begin with it." : $"All before it is right; {errors[first].Name} is next.")
            { Next = Next() };

        var name = errors.Length > 1 ? $"{errors[first].Name}: " : "";
        if (attempts.Zip(right).FirstOrDefault(pair => !pair.First.Parts[first].HasShapeOf(pair.Second.Parts[first])) is ({ } got, { } wanted))
            return Recognized(attempts, first) is { } shape ? Wrong(shape, before: name)
                : Wrong("The result has the wrong size.", $"With {got.Trial} it is {got.Parts[first].Size}, expected {wanted.Parts[first].Size}.", name);
        (Part Wrong, Part Right, Attempt Attempt)[] pairs = [.. attempts.Zip(right, (a, r) => (a.Parts[first], r.Parts[first], a))];
        return (Recognized(attempts, first) ?? Likeness.Of(pairs) ?? AsIf.Of(exercise, attempts, first) ?? Slices.Of(pairs)) is { } mistake
            ? Wrong(mistake, before: name)
            : new(exercise.Title, CheckStatus.Wrong, Where(attempts, first)) { Next = Next() };
    }

    // The exercise's mistake that gives the same numbers in the first part that is wrong.
    string? Recognized(Attempt[] attempts, int part) => exercise.Mistakes.FirstOrDefault(mistake =>
        Attempts(exercise, mistake.Wrong).Zip(attempts).All(pair => pair.First.Failure is null
            && RelativeError.Between(pair.First.Parts[part], pair.Second.Parts[part]) < Alike))?.Name;

    // The exercise's mistake that fails on the same inputs, and gives the same numbers on the others.
    string? RecognizedByFailure(Attempt[] attempts) => attempts.All(attempt => attempt.Failure is not null) ? null
        : exercise.Mistakes.FirstOrDefault(mistake => Attempts(exercise, mistake.Wrong).Zip(attempts).All(pair =>
            pair.First.Failure?.GetType() == pair.Second.Failure?.GetType()
            && pair.First.Parts.Zip(pair.Second.Parts).All(parts => RelativeError.Between(parts.First, parts.Second) < Alike)))?.Name;

    string Where(Attempt[] attempts, int part)
    {
        var (got, wanted) = attempts.Zip(right).First(pair => !(RelativeError.Between(pair.First.Parts[part], pair.Second.Parts[part]) <= exercise.Tolerance));
        var (mine, theirs) = (got.Parts[part], wanted.Parts[part]);
        var index = RelativeError.OfEach(mine.Values!, theirs.Values!).ToList().FindIndex(error => error > exercise.Tolerance);
        var rightTrials = attempts.Zip(right).Where(pair => RelativeError.Between(pair.First.Parts[part], pair.Second.Parts[part]) <= exercise.Tolerance).Select(pair => pair.First.Trial).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"With {got.Trial}, {mine.Name}{mine.Place(index)} is {mine.Values![index]:G6}, expected {theirs.Values![index]:G6}.")
            + (double.IsNaN(mine.Values[index]) ? " NaN is what 0/0 gives, and the root of a negative number." : "")
            + (rightTrials.Length > 0 ? $" It is right with {string.Join("; ", rightTrials)}." : "");
    }

    CheckResult Wrong(string mistake, string after = "", string before = "") =>
        new(exercise.Title, CheckStatus.Wrong, $"{before}{mistake} {after}".TrimEnd()) { Mistake = mistake, Next = Next() };

    string Next() => $"Check.Hint() gives a step towards it ({exercise.Hints.Length} hints, then the solution).";

    static string Explained(Exception failure) => failure switch
    {
        NotImplementedException => "Some inputs go a way that is not written yet.",
        IndexOutOfRangeException => "An index ran out of an array. Which loop's end belongs to which dimension?",
        NullReferenceException => "Something is null: an array that was never made?",
        DivideByZeroException => "A whole number was divided by zero.",
        MisuseException => failure.Message,
        OutOfMemoryException => "It asked for more memory than there is. How long is the array that it makes?",
        _ => $"It threw {failure.GetType().Name}: {failure.Message}",
    };
}
