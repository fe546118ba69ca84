namespace BnNotebooks.Checks;

/// <summary>All exercises that have a check, in the course's order.</summary>
static class Exercises
{
    public static IReadOnlyList<Exercise> All { get; } =
    [
        ForwardExercise.Exercise,
        RunningStatisticsExercise.Exercise,
        BackwardExercise.Exercise,
    ];
}
