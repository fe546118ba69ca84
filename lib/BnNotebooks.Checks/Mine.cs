namespace BnNotebooks.Checks;

/// <summary>
/// What a notebook goes on with after an exercise: the learner's function once its check has found it right, the course's own solution
/// until then. <see cref="Whose"/> says which.
/// </summary>
public static class Mine
{
    /// <summary>Says of exercises whether the learner's function is used or the course's own.</summary>
    /// <param name="names">What the checks are called, for example <c>Forward</c>.</param>
    /// <exception cref="ArgumentException">No exercise is called so.</exception>
    public static string Whose(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] yours = [.. names.Where(name => Exercises.Named(name).IsSolved)];
        string[] ours = [.. names.Except(yours)];
        return string.Join(' ', (string[])[.. Say(yours, "yours."), .. Say(ours, "the course's own until yours is right.")]);
    }

    static string[] Say(string[] names, string whose) => names.Length == 0 ? [] : [$"{string.Join(", ", names)}: {whose}"];

    /// <summary>See <see cref="Check.MeanOfColumns"/>.</summary>
    public static Func<double[,], double[]> MeanOfColumns => MeanOfColumnsExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.VarianceOfColumns"/>.</summary>
    public static Func<double[,], double[], double[]> VarianceOfColumns => VarianceOfColumnsExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Forward"/>.</summary>
    public static Func<double[,], double[], double[], double, double[,]> Forward => ForwardExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.RunningStatistics"/>.</summary>
    public static Func<double[], double[], double[,], double, (double[] Mean, double[] Variance)> RunningStatistics => RunningStatisticsExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Inference"/>.</summary>
    public static Func<double[,], double[], double[], double[], double[], double, double[,]> Inference => InferenceExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.CentralDifferences"/>.</summary>
    public static Func<Func<double[], double>, double[], double, double[]> CentralDifferences => CentralDifferencesExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Backward"/>.</summary>
    public static Func<double[,], double[,], double[], double, BackwardStages> Backward => BackwardExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.BackwardShort"/>.</summary>
    public static Func<double[,], double[,], double[], double, double[,]> BackwardShort => BackwardShortExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.LinearForward"/>.</summary>
    public static Func<double[,], double[,], double[], double[,]> LinearForward => LinearForwardExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Relu"/>.</summary>
    public static Func<double[,], double[,]> Relu => ReluExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.CrossEntropy"/>.</summary>
    public static Func<double[,], int[], double> CrossEntropy => CrossEntropyExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.CrossEntropyGradient"/>.</summary>
    public static Func<double[,], int[], double[,]> CrossEntropyGradient => CrossEntropyGradientExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.LinearBackward"/>.</summary>
    public static Func<double[,], double[,], double[,], (double[,]? DW, double[]? DB, double[,]? DX)> LinearBackward => LinearBackwardExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.ReluBackward"/>.</summary>
    public static Func<double[,], double[,], double[,]> ReluBackward => ReluBackwardExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.SgdStep"/>.</summary>
    public static Func<double[], double[], double, double[]> SgdStep => SgdStepExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Momentum"/>.</summary>
    public static Func<double[], double[], double[], double, double, (double[] P, double[] V)> Momentum => MomentumExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.HeStart"/>.</summary>
    public static Func<int, int, double> HeStart => HeStartExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Layer"/>.</summary>
    public static Func<int, double, double, Func<bool, double[,], double[,]>> Layer => LayerExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.TrainingLoop"/>.</summary>
    public static Func<ITrainable, Batch[], Batch, int, double[]> TrainingLoop => TrainingLoopExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.BatchNorm2d"/>.</summary>
    public static Func<double[,,,], double[], double[], double, double[,,,]> BatchNorm2d => BatchNorm2dExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.LayerNorm"/>.</summary>
    public static Func<double[,], double[], double[], double, double[,]> LayerNorm => LayerNormExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.GroupNorm"/>.</summary>
    public static Func<double[,,,], int, double[], double[], double, double[,,,]> GroupNorm => GroupNormExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.InstanceNorm"/>.</summary>
    public static Func<double[,,,], double[], double[], double, double[,,,]> InstanceNorm => InstanceNormExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.RmsNorm"/>.</summary>
    public static Func<double[,], double[], double, double[,]> RmsNorm => RmsNormExercise.Exercise.Mine;

    /// <summary>See <see cref="Check.Fold"/>.</summary>
    public static Func<double[,], double[], double[], double[], double[], double[], double, (double[,]? W, double[]? B)> Fold => FoldExercise.Exercise.Mine;
}
