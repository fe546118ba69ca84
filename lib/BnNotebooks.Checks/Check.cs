namespace BnNotebooks.Checks;

/// <summary>
/// Checks what the learner wrote: runs it on chosen and on random inputs in double precision, says the relative error, and where it is
/// wrong, which mistake it made. A stub that throws <see cref="NotImplementedException"/> is 'not solved yet', which is no failure.
/// </summary>
public static partial class Check
{
    static readonly Dictionary<string, int> given = [];

    /// <summary>The exercise that was checked last.</summary>
    internal static Exercise? Last { get; set; }

    /// <summary>The next hint of the exercise that was checked last; after the last hint, its solution.</summary>
    /// <exception cref="InvalidOperationException">Nothing was checked yet.</exception>
    public static Hint Hint() => Hint(Last ?? throw new InvalidOperationException("Run the cell with the exercise's check first: a hint is for what was checked last."));

    /// <summary>The next hint of an exercise; after the last hint, its solution.</summary>
    /// <param name="exercise">What the check is called, for example <c>Forward</c>.</param>
    /// <exception cref="ArgumentException">No exercise is called so.</exception>
    public static Hint Hint(string exercise) => Hint(Exercises.Named(exercise));

    static Hint Hint(Exercise exercise)
    {
        var number = given.GetValueOrDefault(exercise.Name);
        given[exercise.Name] = number + 1;
        return exercise.HintAt(number);
    }
}
