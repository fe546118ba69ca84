namespace BnNotebooks.Checks;

/// <summary>The exercises of notebook 16, in its order.</summary>
static class BuildExercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        MeanOfColumnsExercise.Exercise,
        VarianceOfColumnsExercise.Exercise,
        ForwardExercise.Exercise,
        RunningStatisticsExercise.Exercise,
        InferenceExercise.Exercise,
        CentralDifferencesExercise.Exercise,
        BackwardExercise.Exercise,
        BackwardShortExercise.Exercise,
        LinearForwardExercise.Exercise,
        ReluExercise.Exercise,
        CrossEntropyExercise.Exercise,
        CrossEntropyGradientExercise.Exercise,
        LinearBackwardExercise.Exercise,
        ReluBackwardExercise.Exercise,
        SgdStepExercise.Exercise,
        MomentumExercise.Exercise,
        HeStartExercise.Exercise,
        LayerExercise.Exercise,
        TrainingLoopExercise.Exercise,
        BatchNorm2dExercise.Exercise,
        LayerNormExercise.Exercise,
        GroupNormExercise.Exercise,
        InstanceNormExercise.Exercise,
        RmsNormExercise.Exercise,
        FoldExercise.Exercise,
    ];
}
