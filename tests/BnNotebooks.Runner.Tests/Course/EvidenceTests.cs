using System.Text.RegularExpressions;
using BnNotebooks.Claims;
using BnNotebooks.Evidence;

namespace BnNotebooks.Runner.Tests.Course;

/// <summary>What the course says, against the evidence that is committed.</summary>
public sealed partial class EvidenceTests
{
    public static TheoryData<string> Studies => [.. StudyList.All.Select(study => study.Name)];

    public static TheoryData<string> Notebooks => CourseFiles.Names;

    public static TheoryData<string> Claims => [.. Ledger.Read().Claims.Where(claim => claim.Evidence is not null).Select(claim => claim.Id)];

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_committed_evidence_is_that_of_the_study_as_it_is_now(string name)
    {
        var study = StudyList.Named(name);
        var (results, record) = (EvidenceFile.Read(name), EvidenceFile.ReadRecord(name));
        Assert.Equal(study.Sides.Select(side => (side.Name, side.Settings)), record.Sides.Select(side => (side.Name, side.Settings)));
        Assert.Equal(study.Question, record.Question);
        Assert.Equal(study.Metrics, results.Metrics);
        Assert.All(results.Sides, side => Assert.Equal(study.Seeds, results.Values(side, study.Metrics[0]).Length));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void No_chosen_rate_lies_at_the_edge_of_what_was_tried(string name)
    {
        foreach (var side in EvidenceFile.ReadRecord(name).Sides.Where(side => side.Tried is not null))
        {
            double[] tried = [.. side.Tried!.Where(trial => trial.Start == side.Start).Select(trial => trial.Rate)];
            // Where nothing learns, the scores are the same, or chance makes them differ and the search ends only at its limit.
            var learnsNothing = side.Tried!.DistinctBy(trial => trial.Score).Count() == 1 || tried.Length == RateSearch.MostRates;
            var onPurpose = tried.Length == 1 && EvidenceFile.ReadRecord(name).Question.Contains("rate fixed on purpose");
            Assert.True(learnsNothing || onPurpose || (side.Rate > tried.Min() && side.Rate < tried.Max()), $"{side.Name}: {side.Rate} of {string.Join(", ", tried)}");
        }
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_verdict_is_what_follows_from_the_evidence_and_from_each_half_of_its_seeds_unless_it_is_contested(string id)
    {
        var verdict = EvidenceVerdict.Of(Ledger.Read()[id]);
        Assert.True(verdict.Agrees, $"{verdict.Claim.Verdict} in the ledger; {verdict.All} of all seeds, {verdict.Odd} of the odd, {verdict.Even} of the even");
    }

    [Fact]
    public void Every_judgement_is_about_a_claim_that_says_so() => Assert.All(StudyList.All, study => Assert.All(study.Judgements,
        judgement => Assert.Equal(study.Name, Ledger.Read()[judgement.Claim].Evidence)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_sentence_in_prose_is_the_one_that_the_evidence_composes(string name)
    {
        foreach (var cell in CourseFiles.Named(name).Cells.Where(cell => cell.Kind == "markdown"))
            Assert.Equal(Prose.Fill(cell.Source), cell.Source);
    }

    // Solutions are folded away and speak of runs that the reader makes; what is there is not said of the page's own numbers.
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Prose_claims_no_measured_direction_that_the_evidence_does_not_compose(string name)
    {
        foreach (var cell in CourseFiles.Named(name).Cells.Where(cell => cell.Kind == "markdown"))
            Assert.DoesNotMatch(MeasuredDirection(), Folded().Replace(Prose.Without(cell.Source), ""));
    }

    [GeneratedRegex(@"(?i)\b\d+(\.\d+)?\s+(times\s+(as many|as fast|fewer|more|faster|slower|better|worse)|(percentage )?points\s+(ahead|behind|more|less|better|worse|higher|lower))\b")]
    private static partial Regex MeasuredDirection();

    [GeneratedRegex("<details>.*?</details>", RegexOptions.Singleline)]
    private static partial Regex Folded();
}
