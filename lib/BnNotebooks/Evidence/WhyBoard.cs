using BnNotebooks.Evidence.Studies;
using BnNotebooks.Plotting;
using BnNotebooks.Views;
using Plotly.NET;

namespace BnNotebooks.Evidence;

/// <summary>
/// Why does batch norm work? All suspects on one board, which fills from notebook to notebook: what was tried, what came out, and
/// which share of the gain it explains on one task (<see cref="Question"/>).
/// </summary>
public static class WhyBoard
{
    const string OfAll = "of all that batch norm gains over the default start", OfTheRest = "of what it gains over a good start", OfResidual = "of its gain in a residual network";

    static readonly Suspect[] suspects =
    [
        new("initialization", OfAll, "the plain network gets a good start",
            () => Between(WhyStart.Default, WhyStart.BatchNorm, EvidenceFile.Read(WhyStart.Name), WhyStart.Plain), () => From(WhyStart.Default, WhyStart.Plain)),
        new("covariate shift", OfTheRest, "batch norm, with noise behind it that moves every unit's mean in every step",
            () => Lost(EvidenceFile.Read(WhySuspects.Shift), WhySuspects.ShiftBack), () => Left(WhySuspects.Shift, WhySuspects.ShiftBack)),
        new("smoothness", OfTheRest, "how much the gradient changes within four steps along it; measured, no share",
            null, () => $"change of the gradient with batch norm: {WhySmooth.Less(EvidenceFile.Read(WhySmooth.Name))}"),
        new("orthogonal samples", OfTheRest, "the plain network starts as the same function as the one with batch norm",
            () => Given(EvidenceFile.Read(WhySuspects.Start), WhySuspects.SameStart), () => $"with batch norm {WhyOrthogonal.Compared(EvidenceFile.Read(WhyOrthogonal.Name))}; {Gained(WhySuspects.Start, WhySuspects.SameStart)}"),
        new("scale invariance", OfTheRest, "the plain network gets weight norm",
            () => Given(EvidenceFile.Read(WhySuspects.Scale), WhySuspects.WeightNorm), () => Gained(WhySuspects.Scale, WhySuspects.WeightNorm)),
        new("noise of the batches", OfTheRest, "batch norm, with the statistics of eight times as many samples",
            () => Lost(EvidenceFile.Read(WhySuspects.Noise), WhySuspects.QuietStatistics), () => Left(WhySuspects.Noise, WhySuspects.QuietStatistics)),
        new("large rates", OfTheRest, "batch norm at the plain network's learning rate",
            () => Lost(EvidenceFile.Read(WhySuspects.Rates), WhySuspects.SmallRate), () => Left(WhySuspects.Rates, WhySuspects.SmallRate)),
        new("small residual branches", OfResidual, "each branch gets a factor that starts at 0, instead of batch norm",
            () => OfBranches(EvidenceFile.Read(WhyResidual.Name)),
            () => $"{Accuracy(WhyResidual.Name, WhyResidual.Plain)} → {Accuracy(WhyResidual.Name, WhyResidual.Scaled)} (batch norm {Accuracy(WhyResidual.Name, WhyResidual.BatchNorm)})"),
    ];

    /// <summary>The task of all its rows but the last, which adds residual connections.</summary>
    public static string Question => WhyTask.Text;

    /// <summary>The names of the suspects, in the order in which the course meets them.</summary>
    public static IReadOnlyList<string> Suspects => [.. suspects.Select(suspect => suspect.Name)];

    /// <summary>
    /// The board as a chart: a row a suspect, and the share of the gain that it explains. Where something was given to the network
    /// without batch norm, it is the share that this gains; where something was taken from the one with it, the share that is lost.
    /// </summary>
    /// <param name="upTo">The suspect of the moment, which is marked; those after it are still open. Null shows all.</param>
    /// <exception cref="ArgumentException">There is no such suspect.</exception>
    public static GenericChart Show(string? upTo = null)
    {
        var moment = Moment(upTo);
        IntervalRow Row(Suspect suspect, int i)
        {
            var name = upTo is not null && i == moment ? $"▶ {suspect.Name}" : i > moment ? $"{suspect.Name}?" : suspect.Name;
            var share = i > moment ? null : suspect.Share?.Invoke().Times(100);
            return new IntervalRow(name, share?.Value ?? double.NaN, share?.Low ?? double.NaN, share?.High ?? double.NaN) { Group = suspect.Group };
        }
        return Plot.Show("Why does it work? What each suspect explains",
            Panels.Intervals("share of the gain (%), 95 % interval", reference: 0, [.. suspects.Select(Row)]));
    }

    /// <summary>The board as a table: test, result, and what it means.</summary>
    /// <param name="upTo">The suspect of the moment, the last one shown. Null shows all.</param>
    /// <exception cref="ArgumentException">There is no such suspect.</exception>
    public static Table Table(string? upTo = null) => new(["suspect", "test", "accuracy or measure", "explains"],
        [.. suspects.Take(Moment(upTo) + 1).Select(suspect => (string[])
            [suspect.Name, suspect.Test, suspect.Result(), suspect.Share is { } share ? $"{Say.Share(share())} {suspect.Group}" : "no share"])])
    {
        Caption = $"{WhyTask.Text}; 30 seeds a side; where something is taken from batch norm, the share is what is lost, for whatever reason",
        FirstNumericColumn = 4,
    };

    static int Moment(string? upTo) => upTo is null ? suspects.Length - 1
        : Array.FindIndex(suspects, suspect => suspect.Name == upTo) is var i and >= 0 ? i
        : throw new ArgumentException($"Expected one of {string.Join(", ", Suspects)}, but it is '{upTo}'.", nameof(upTo));

    /// <summary>The share that a side of the task gains when something is given to the plain network.</summary>
    /// <param name="results">Its seeds are those that count.</param>
    /// <param name="side">The side.</param>
    internal static Estimate Given(Results results, string side) => Between(WhyStart.Plain, WhyStart.BatchNorm, results, side);

    /// <summary>The share that is lost when something is taken from the network with batch norm.</summary>
    /// <param name="results">Its seeds are those that count.</param>
    /// <param name="side">The side.</param>
    internal static Estimate Lost(Results results, string side) => Between(WhyStart.BatchNorm, WhyStart.Plain, results, side);

    static Estimate Between(string from, string to, Results results, string side)
    {
        var task = EvidenceFile.Read(WhyStart.Name).Where(results.Seeds.Contains);
        return Share.Of(task.Right(from), task.Right(to), results.Right(side));
    }

    static string From(string before, string after) =>
        $"{Accuracy(WhyStart.Name, before)} → {Accuracy(WhyStart.Name, after)} (batch norm {Accuracy(WhyStart.Name, WhyStart.BatchNorm)})";

    static string Gained(string study, string side) => $"{Accuracy(WhyStart.Name, WhyStart.Plain)} → {Accuracy(study, side)}";

    static string Left(string study, string side) => $"{Accuracy(WhyStart.Name, WhyStart.BatchNorm)} → {Accuracy(study, side)}";

    static string Accuracy(string study, string side) => Say.Percent(EvidenceFile.Read(study).Mean(side, WhyTask.Accuracy));

    /// <summary>The share of batch norm's gain in the residual network that small branches give.</summary>
    internal static Estimate OfBranches(Results results) =>
        Share.Of(results.Right(WhyResidual.Plain), results.Right(WhyResidual.BatchNorm), results.Right(WhyResidual.Scaled));

    sealed record Suspect(string Name, string Group, string Test, Func<Estimate>? Share, Func<string> Result);
}
