using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>
/// A question, the sides that are compared to answer it, and what follows from the answer for claims and sentences. A notebook
/// shows a few seeds in seconds; a study runs enough of them to decide, and its results are committed.
/// </summary>
public sealed record Study
{
    /// <summary>A short name, as the file in <c>data/evidence</c> is called: <c>faster-training</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked, in a sentence, with data, network and what is changed.</summary>
    public required string Question { get; init; }

    /// <summary>What is measured of each run, with units; the columns of the file.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>What is compared.</summary>
    public required IReadOnlyList<Side> Sides { get; init; }

    /// <summary>How many seeds: 1, 2, 3, ….</summary>
    public int Seeds { get; init; } = 30;

    /// <summary>What the results say about claims of the slides.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>The sentences that the results compose, by names to which prose refers: <c>faster-training/gain</c>.</summary>
    public IReadOnlyDictionary<string, Func<Results, string>> Sentences { get; init; } = new Dictionary<string, Func<Results, string>>();

    /// <summary>A side's experiment with the start and the learning rate that the committed evidence chose, for a demonstration.</summary>
    /// <param name="side">The side's name.</param>
    /// <exception cref="ArgumentException">There is no such side, or it trains nothing.</exception>
    public Experiment Chosen(string side)
    {
        var trained = Sides.OfType<TrainedSide>().FirstOrDefault(candidate => candidate.Name == side)
            ?? throw new ArgumentException($"The study '{Name}' trains no side '{side}'. It trains: {string.Join(", ", Sides.OfType<TrainedSide>().Select(s => s.Name))}.", nameof(side));
        var chosen = EvidenceFile.ReadRecord(Name).Sides.First(record => record.Name == side);
        return trained.Experiment with
        {
            Init = trained.Starts.First(start => $"{start}" == chosen.Start),
            LearningRate = chosen.Rate!.Value,
        };
    }
}

/// <summary>What a study's results say about one claim.</summary>
/// <param name="Claim">Its name in the ledger.</param>
/// <param name="Verdict">What follows from the results: the same function for all seeds, and for half of them.</param>
/// <param name="Sentence">The numbers that carry it, in a sentence.</param>
public sealed record Judgement(string Claim, Func<Results, Verdict> Verdict, Func<Results, string> Sentence)
{
    /// <summary>
    /// The verdict on a claim that something gains in each of several cases, looked at together (see <see cref="Estimate.Holm"/>):
    /// it holds where all gain, holds under a condition where some do, is wrong where some lose and none gains, and contested else.
    /// </summary>
    /// <param name="gains">The gain in each case.</param>
    public static Verdict InEach(params IReadOnlyList<Estimate> gains)
    {
        var corrected = Estimate.Holm(gains);
        return (corrected.Count(gain => gain.Above), corrected.Count(gain => gain.Below)) switch
        {
            (0, > 0) => Claims.Verdict.Wrong,
            (0, 0) or (_, > 0) => Claims.Verdict.Contested,
            (var above, _) => above == corrected.Count ? Claims.Verdict.Holds : Claims.Verdict.HoldsIf,
        };
    }
}
