namespace BnNotebooks.Checks;

/// <summary>All exercises that have a check, in the course's order.</summary>
static class Exercises
{
    public static IReadOnlyList<Exercise> All { get; } =
    [
        VarianceLeftExercise.Exercise,
        EpsilonInNewUnitsExercise.Exercise,
        SigmoidSlopeExercise.Exercise,
        SpreadAfterLayersExercise.Exercise,
        TimesFewerExercise.Exercise,
        ShiftInDeviationsExercise.Exercise,
        RelativeChangeExercise.Exercise,
        CosineExercise.Exercise,
        ConditionNumberExercise.Exercise,
        DescentStepExercise.Exercise,
        LeftOfErrorExercise.Exercise,
        StandardizeByTrainingExercise.Exercise,
        HeDeviationExercise.Exercise,
        FactorPerLayerExercise.Exercise,
        StableRankExercise.Exercise,
        EffectiveRateExercise.Exercise,
        UndoNormalizationExercise.Exercise,
        NumbersOfBatchNormsExercise.Exercise,
        RememberVarianceExercise.Exercise,
        NumericalGradientExercise.Exercise,
        ThreeWaysExercise.Exercise,
        JacobianExercise.Exercise,
        RemoveDirectionsExercise.Exercise,
        BatchesUntilExercise.Exercise,
        AverageAfterExercise.Exercise,
        DebiasExercise.Exercise,
        WithoutBiasExercise.Exercise,
        MomentsAfterReluExercise.Exercise,
        DeadUnitsExercise.Exercise,
        MemoryIndexExercise.Exercise,
        ChannelMeansExercise.Exercise,
        RepeatedBatchExercise.Exercise,
        TimesAsFastExercise.Exercise,
        DirectionGradientExercise.Exercise,
        LengthAfterStepExercise.Exercise,
        BalancedAccuracyExercise.Exercise,
        PredictiveValueExercise.Exercise,
        AccuracyIntervalExercise.Exercise,
        LeakedVoicesExercise.Exercise,
        MomentumForExercise.Exercise,
        CumulativeMeanExercise.Exercise,
        RecalibratedExercise.Exercise,
        BatchOfTwoExercise.Exercise,
        OnePassVarianceExercise.Exercise,
        CombineReplicasExercise.Exercise,
        SamplesForExercise.Exercise,
        GroupOfExercise.Exercise,
        GhostNormalizeExercise.Exercise,
        WeightNormedExercise.Exercise,
        RenormCorrectionsExercise.Exercise,
        SwitchableMixtureExercise.Exercise,
        EditDistanceExercise.Exercise,
        ArxivDateExercise.Exercise,
        RooflineTimeExercise.Exercise,
        AmdahlExercise.Exercise,
        MedianTimeExercise.Exercise,
        GeometricMeanExercise.Exercise,
        IsWonExercise.Exercise,
        .. BuildExercises.All,
    ];

    /// <summary>The exercise with a name.</summary>
    /// <exception cref="ArgumentException">No exercise is called so.</exception>
    public static Exercise Named(string name) => All.FirstOrDefault(exercise => exercise.Name == name)
        ?? throw new ArgumentException($"Expected the name of a check, such as {string.Join(", ", All.Take(3).Select(known => known.Name))}, but it is '{name}'.", nameof(name));
}
