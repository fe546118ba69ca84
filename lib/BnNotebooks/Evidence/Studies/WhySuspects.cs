using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>
/// Notebook 09, 'Why does it work?': the suspects that are given to the network without batch norm, or taken from the one with it.
/// Each is one side, of which <see cref="WhyBoard"/> says how much of the gain in <see cref="WhyStart"/> it explains.
/// </summary>
static class WhySuspects
{
    public const string ShiftBack = "batch norm with the shift put back", WeightNorm = "weight norm", SmallRate = "batch norm at the plain network's rate",
        QuietStatistics = "batch norm with statistics over 480", SameStart = "plain and at first the same function as with batch norm";

    public const string Shift = "why-shift", Scale = "why-scale", Rates = "why-rates", Noise = "why-noise", Start = "why-same-start";

    /// <summary>After Santurkar et al. 2018: the noise of notebook 02 behind each batch norm.</summary>
    public static Experiment WithShiftBack { get; } = WhyTask.Plain with
    {
        // No stretch: the noise is off in use, and a network that learned with wider values would miss the width.
        Normalization = Norm.Batch with { Noise = new NormNoise { Shift = 1, Stretch = 0, Jitter = 0.1 } },
    };

    public static Study MakeShift() => WhyTask.OneSide(Shift, "what is left of batch norm's gain when each unit gets a new mean in every step, up to a deviation away?",
        WhyTask.NormalizedSide(ShiftBack, WithShiftBack), WhyBoard.Lost) with
    {
        Judgements =
        [
            new("speed-by-less-shift", BecauseOfTheShift,
                results => $"of what batch norm gains over a good start, this goes when the shift is put back: {Say.Share(WhyBoard.Lost(results, ShiftBack))}"),
        ],
    };

    /// <summary>After van Laarhoven 2017, Hoffer et al. 2018: the length of v drops out as that of W does, and there is no batch in it.</summary>
    public static Study MakeScale() => WhyTask.OneSide(Scale, "what does weight normalization gain, which too makes the scale of the weights drop out, without statistics of a batch?",
        WhyTask.PlainSide(WeightNorm, WhyTask.Plain with { Normalization = Norm.Weight }, WeightInit.Xavier, WeightInit.He), WhyBoard.Given);

    /// <summary>After Bjorck et al. 2018: batch norm without the larger rate that it allows.</summary>
    public static Study MakeRates() => WhyTask.OneSide(Rates, "what is left of batch norm's gain at the rate that suits the network without it (rate fixed on purpose)?",
        WhyTask.NormalizedSide(SmallRate, WhyTask.BatchNorm) with { Rates = [WhyStart.PlainRate] }, WhyBoard.Lost);

    /// <summary>After Luo et al. 2019: the noise that the samples of a batch make for each other, taken away for the most part.</summary>
    public static Study MakeNoise() => WhyTask.OneSide(Noise, "what is left of batch norm's gain when means and variances are those of 480 samples, and the loss is still that of 60?",
        WhyTask.NormalizedSide(QuietStatistics, WhyTask.BatchNorm with { StatisticsOver = 480 }), WhyBoard.Lost);

    /// <summary>
    /// After Daneshmand et al. 2021: whatever batch norm does to the start, orthogonal samples too, is in the function that the
    /// network is at first.
    /// </summary>
    public static Study MakeStart() => WhyTask.OneSide(Start, "what does a start gain from which the plain network is at first the same function as the one with batch norm?",
        WhyTask.PlainSide(SameStart, WhyTask.Plain with { NormalizedStart = true }, WeightInit.He), WhyBoard.Given);

    // If the shift is the reason, then the larger half of the gain goes where the shift comes back, and if it is not, the larger half stays.
    static Verdict BecauseOfTheShift(Results results) => WhyBoard.Lost(results, ShiftBack) switch
    {
        _ when !WhyShiftJumps.IsBack => Verdict.Contested, // smaller jumps than without batch norm bring nothing back
        { Low: > 0.5 } => Verdict.Holds,
        // On another task, counting steps, notebook 02 asks the same: wrong only if that agrees.
        { High: < 0.5 } => ShiftBroughtBack.Because(EvidenceFile.Read("shift-brought-back")) is Verdict.Wrong ? Verdict.Wrong : Verdict.Contested,
        _ => Verdict.Contested,
    };
}
