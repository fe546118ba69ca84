namespace BnNotebooks.Diagnosis;

/// <summary>All that the doctor looks for.</summary>
static class Symptoms
{
    public static IReadOnlyList<ISymptom> All { get; } =
    [
        new NeverUpdated(), new OffTheData(), new NotFinite(), new NegativeVariance(), new OneGroup(), new LostCount(), new HalfPrecision(),
        new UnusualMomentum(), new UnusualEps(), new NoAverages(), new MixedModes(), new FrozenButMoving(),
        new BrokenParameters(), new SmallGamma(), new NegativeGamma(), new FarBeta(), new NeverTrained(),
        new SingleValues(), new LastBatch(), new UnlikeBatches(), new InputScales(),
        new BrokenSignals(), new DeadChannels(), new ConstantChannels(), new VarianceBesideEps(), new LargeMeans(),
        new ModesPart(), new WorseInUse(), new ConstantAnswers(),
        new NotReached(), new SeveralUses(), new UselessBias(), new DropoutBefore(),
    ];
}
