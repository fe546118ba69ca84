using BnNotebooks.Evidence.Studies;

namespace BnNotebooks.Evidence;

/// <summary>All studies of the course. Each is a file in the folder Studies, in the order of the notebooks.</summary>
public static class StudyList
{
    static readonly Lazy<IReadOnlyList<Study>> all = new(() => Checked(
    [
        FasterTraining.Make(),
        Sigmoids.Make(),
        SigmoidSignal.Make(),
        LargestRates.Make(),
        ShiftBroughtBack.Make(),
        GradientShifts.Make(),
        Landscapes.Make(),
        NormalizedInputs.Make(),
        StatisticsOfAllRows.Make(),
        TwentyLayers.Make(),
        HiddenScales.Make(),
        HiddenTables.Make(),
        HiddenDrift.Make(),
        Depth.Make(),
        FashionCnn.Make(),
        EvaluationStatistics.Make(),
        MomentumLag.Make(),
        PlacementOfNorm.Make(),
        GradientSpread.Make(),
        RatesThatTrain.Make(),
        StartsThatTrain.Make(),
        GoodStartGeneralizes.Make(),
        LessRegularization.Make(),
        WhyStart.Make(),
        WhyShiftJumps.Make(),
        WhySuspects.MakeShift(),
        WhySmooth.Make(),
        WhyOrthogonal.Make(),
        WhySuspects.MakeStart(),
        WhySuspects.MakeScale(),
        WhyGrowingRate.Make(),
        WhySuspects.MakeNoise(),
        WhyResidual.Make(),
        WhySuspects.MakeRates(),
        GammaAndBeta.Make(),
        Tumours.Make(),
        SpokenDigits.Make(),
        Steering.Make(),
        MomentumAndEps.Make(),
        SomeLayers.Make(),
        SmallBatches.Make(),
        ChangedInputs.Make(),
        InputShapes.Make(),
        OneTask.Make(),
        ResidualStarts.Make(),
        ResidualTrained.Make(),
        BlockShares.Make(),
        TestTimeAdaptation.Make(),
        LabelSkew.Make(),
        FeatureShift.Make(),
        CheatChannel.Make(),
        TransformerPlaces.Make(),
        TransformerStart.Make(),
        TransformerRates.Make(),
        TransformerNorms.Make(),
        TransformerLeak.Make(),
        BatchStatistics.Make(),
    ]));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Study> All => all.Value;

    /// <summary>The study of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Study Named(string name) => All.FirstOrDefault(study => study.Name == name)
        ?? throw new ArgumentException($"There is no study '{name}'. There are: {string.Join(", ", All.Select(study => study.Name))}.", nameof(name));

    static Study[] Checked(Study[] studies)
    {
        foreach (var study in studies)
            foreach (var name in study.Metrics.Concat(study.Sides.Select(side => side.Name)))
                if (name.IndexOfAny([',', '\n', '"']) >= 0)
                    throw new InvalidOperationException($"The study {study.Name} has a name with a comma, a quote or a new line in it, which its file can't hold: {name}");
        return studies;
    }
}
