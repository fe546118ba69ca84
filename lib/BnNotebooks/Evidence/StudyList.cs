using BnNotebooks.Evidence.Studies;

namespace BnNotebooks.Evidence;

/// <summary>All studies of the course. Each is a file in the folder Studies, in the order of the notebooks.</summary>
public static class StudyList
{
    // In the order of the notebooks. A study is made when it is asked for: some look at their data for that.
    static readonly (string Name, Lazy<Study> Study)[] entries =
    [
        Entry("faster-training", FasterTraining.Make),
        Entry("sigmoids", Sigmoids.Make),
        Entry("sigmoid-signal", SigmoidSignal.Make),
        Entry("largest-rates", LargestRates.Make),
        Entry("shift-brought-back", ShiftBroughtBack.Make),
        Entry("gradient-shift", GradientShifts.Make),
        Entry("landscape", Landscapes.Make),
        Entry("normalized-inputs", NormalizedInputs.Make),
        Entry("statistics-of-all-rows", StatisticsOfAllRows.Make),
        Entry("twenty-layers", TwentyLayers.Make),
        Entry("hidden-scales", HiddenScales.Make),
        Entry("hidden-tables", HiddenTables.Make),
        Entry("hidden-drift", HiddenDrift.Make),
        Entry("depth", Depth.Make),
        Entry("fashion-cnn", FashionCnn.Make),
        Entry("evaluation-statistics", EvaluationStatistics.Make),
        Entry("momentum-lag", MomentumLag.Make),
        Entry("placement", PlacementOfNorm.Make),
        Entry("gradient-spread", GradientSpread.Make),
        Entry("rates-that-train", RatesThatTrain.Make),
        Entry("starts-that-train", StartsThatTrain.Make),
        Entry("good-start-generalizes", GoodStartGeneralizes.Make),
        Entry("less-regularization", LessRegularization.Make),
        Entry("why-start", WhyStart.Make),
        Entry("why-shift-jumps", WhyShiftJumps.Make),
        Entry("why-shift", WhySuspects.MakeShift),
        Entry("why-smooth", WhySmooth.Make),
        Entry("why-orthogonal", WhyOrthogonal.Make),
        Entry("why-same-start", WhySuspects.MakeStart),
        Entry("why-scale", WhySuspects.MakeScale),
        Entry("why-growing-rate", WhyGrowingRate.Make),
        Entry("why-noise", WhySuspects.MakeNoise),
        Entry("why-residual", WhyResidual.Make),
        Entry("why-rates", WhySuspects.MakeRates),
        Entry("gamma-and-beta", GammaAndBeta.Make),
        Entry("tumours", Tumours.Make),
        Entry("spoken-digits", SpokenDigits.Make),
        Entry("steering", Steering.Make),
        Entry("momentum-and-eps", MomentumAndEps.Make),
        Entry("some-layers", SomeLayers.Make),
        Entry("small-batches", SmallBatches.Make),
        Entry("changed-inputs", ChangedInputs.Make),
        Entry("input-shapes", InputShapes.Make),
        Entry("one-task", OneTask.Make),
        Entry("residual-starts", ResidualStarts.Make),
        Entry("residual-trained", ResidualTrained.Make),
        Entry("block-shares", BlockShares.Make),
        Entry("test-time", TestTimeAdaptation.Make),
        Entry("label-skew", LabelSkew.Make),
        Entry("feature-shift", FeatureShift.Make),
        Entry("cheat-channel", CheatChannel.Make),
        Entry("transformer-places", TransformerPlaces.Make),
        Entry("transformer-start", TransformerStart.Make),
        Entry("transformer-rates", TransformerRates.Make),
        Entry("transformer-norms", TransformerNorms.Make),
        Entry("transformer-leak", TransformerLeak.Make),
        Entry("batch-statistics", BatchStatistics.Make),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Study> All => [.. entries.Select(entry => entry.Study.Value)];

    /// <summary>The study of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Study Named(string name) => entries.FirstOrDefault(entry => entry.Name == name).Study?.Value
        ?? throw new ArgumentException($"There is no study '{name}'. There are: {string.Join(", ", entries.Select(entry => entry.Name))}.", nameof(name));

    static (string, Lazy<Study>) Entry(string name, Func<Study> make) => (name, new(() => Checked(name, make())));

    static Study Checked(string name, Study study)
    {
        if (study.Name != name)
            throw new InvalidOperationException($"The study listed as {name} calls itself {study.Name}.");
        foreach (var part in study.Metrics.Concat(study.Sides.Select(side => side.Name)))
            if (part.IndexOfAny([',', '\n', '"']) >= 0)
                throw new InvalidOperationException($"The study {name} has a name with a comma, a quote or a new line in it, which its file can't hold: {part}");
        return study;
    }
}
