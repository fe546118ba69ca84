namespace BnNotebooks.Checks;

/// <summary>All exercises that have a check, in the course's order.</summary>
static class Exercises
{
    public static IReadOnlyList<Exercise> All { get; } =
    [
        .. BuildExercises.All,
    ];

    /// <summary>The exercise with a name.</summary>
    /// <exception cref="ArgumentException">No exercise is called so.</exception>
    public static Exercise Named(string name) => All.FirstOrDefault(exercise => exercise.Name == name)
        ?? throw new ArgumentException($"Expected the name of a check, such as {string.Join(", ", All.Take(3).Select(known => known.Name))}, but it is '{name}'.", nameof(name));
}
