using BnNotebooks.Claims;

namespace BnNotebooks.Tests.Claims;

public sealed class LedgerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-claims-").FullName;

    const string Good = """
        [
          {
            "id": "eps-in-variance", "slide": 14, "statement": "ε is added to the variance", "verdict": "holds",
            "finding": "With σ = 1e-4 the output shrinks as √(σ² + ε) says.", "notebook": "08-examples",
            "test": { "experiment": "a column of tiny spread", "metric": "deviation after", "atMost": 0.1, "measured": 0.0316 },
            "literature": "Ioffe and Szegedy 2015"
          },
          { "id": "alexa", "slide": 18, "statement": "Alexa uses it", "verdict": "not verifiable", "finding": "Nothing is published.", "notebook": "14-references" },
          {
            "id": "no-norm-needed", "source": "Zhu, Chen, He, LeCun and Liu 2025, Transformers without Normalization, CVPR", "statement": "It does as well",
            "verdict": "contested", "finding": "Not by much.", "notebook": "18-since"
          }
        ]
        """;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_ledger_is_read_with_all_it_says()
    {
        var ledger = Read(Good);

        var claim = ledger["eps-in-variance"];
        Assert.Equal((14, Verdict.Holds, "08-examples"), (claim.Slide, claim.Verdict, claim.Notebook));
        Assert.Equal(("a column of tiny spread", null, 0.1, 0.0316), (claim.Test!.Experiment, claim.Test.AtLeast, claim.Test.AtMost, claim.Test.Measured));
        Assert.Equal(Verdict.NotVerifiable, ledger["alexa"].Verdict);
        Assert.Equal(["eps-in-variance", "alexa", "no-norm-needed"], ledger.Claims.Select(c => c.Id));
    }

    [Fact]
    public void What_the_deck_says_is_kept_apart_from_what_other_works_say()
    {
        var ledger = Read(Good);

        Assert.Equal(["slide 14", "slide 18", "Zhu, Chen, He, LeCun and Liu 2025"], ledger.Claims.Select(claim => claim.SaidBy));
        Assert.Equal(["eps-in-variance", "alexa"], ledger.OfTheDeck.Claims.Select(claim => claim.Id));
        Assert.Equal(["no-norm-needed"], ledger.OfOtherWorks.Claims.Select(claim => claim.Id));
        Assert.Equal("holds: 1, not verifiable: 1", ClaimView.Of(ledger.OfTheDeck).Caption);
        Assert.Equal("contested: 1", ClaimView.Of(ledger.OfOtherWorks).Caption);
    }

    [Theory]
    [InlineData("\"id\": \"alexa\"", "\"id\": \"../alexa\"", "claim '../alexa' has no name for a claim")]
    [InlineData("\"id\": \"alexa\"", "\"id\": \"ale\\\\xa\"", "has no name for a claim")]
    [InlineData("\"id\": \"alexa\"", "\"id\": \"\"", "has no name for a claim")]
    [InlineData("\"verdict\": \"holds\"", "\"verdict\": \"true\"", "'not verifiable', but it is 'true'")]
    [InlineData("\"slide\": 14", "\"slide\": 25", "slides 1 to 24")]
    [InlineData("\"id\": \"alexa\"", "\"id\": \"eps-in-variance\"", "two claims 'eps-in-variance'")]
    [InlineData("\"finding\"", "\"findings\"", "findings")]
    [InlineData("\"slide\": 14, ", "", "'eps-in-variance' has neither a slide nor a source")]
    [InlineData("\"source\": \"Zhu", "\"slide\": 3, \"source\": \"Zhu", "'no-norm-needed' has a slide and a source")]
    [InlineData("Liu 2025, ", "Liu, ", "expected a work as 'authors year, title, venue'")]
    [InlineData(", CVPR", "", "expected a work as 'authors year, title, venue'")]
    [InlineData("\"notebook\": \"08-examples\"", "\"notebook\": \"eight\"", "notebook 'eight'")]
    [InlineData("\"atMost\": 0.1, ", "", "without a bound")]
    [InlineData("\"measured\": 0.0316", "\"measured\": 0.5", "measured is 0.5")]
    [InlineData("\"verdict\": \"not verifiable\"", "\"verdict\": \"wrong\"", "nothing that it rests on")]
    [InlineData("\"finding\": \"Nothing is published.\"", "\"finding\": \" \"", "lacks its statement or its finding")]
    [InlineData("\"id\": \"alexa\"", "\"id\": null", "at $[1].id (line 8): ")]
    [InlineData("\"experiment\": \"a column of tiny spread\"", "\"experiment\": null", "at $[0].test.experiment (line 5): ")]
    [InlineData("\"measured\": 0.0316", "\"measured\": null", "at $[0].test.measured (line 5): Expected a finite number")]
    [InlineData("\"atMost\": 0.1", "\"atMost\": 1e999", "at $[0].test.atMost (line 5): Expected a finite number")]
    [InlineData("},\n  {", "}, null,\n  {", "at $[1]: it is null")]
    [InlineData("]", "", "(line ")]
    public void What_is_wrong_with_a_ledger_is_said(string right, string wrong, string said)
    {
        Assert.Contains(right, Good);
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Read(Good.Replace(right, wrong))).Message);
    }

    [Fact]
    public void A_missing_ledger_and_an_unknown_claim_are_named()
    {
        Assert.Contains("git checkout", Assert.Throws<FileNotFoundException>(() => Ledger.Read(Path.Combine(folder, "none.json"))).Message);
        Assert.Contains("eps-in-variance, alexa, no-norm-needed", Assert.Throws<ArgumentException>(() => Read(Good)["siri"]).Message);
    }

    [Theory]
    [InlineData(0.05, "agrees")]
    [InlineData(0.2, "DISAGREES")]
    [InlineData(double.NegativeInfinity, "DISAGREES")]
    [InlineData(double.NaN, "NOT MEASURED")]
    public void Measuring_again_says_whether_the_verdict_stands(double now, string said)
    {
        var results = Read(Good).Compare(new Dictionary<string, double> { ["eps-in-variance"] = now });

        var result = Assert.Single(results);
        Assert.Equal((now, said == "agrees"), (result.Measured, result.Agrees));
        Assert.Equal(said, ClaimView.Of(results).Rows[0][^1]);
    }

    [Fact]
    public void What_nobody_measured_does_not_agree() =>
        Assert.False(Assert.Single(Read(Good).Compare(new Dictionary<string, double>())).Agrees);

    [Fact]
    public void New_measurements_are_written_and_read_back_if_the_verdicts_stand()
    {
        var ledger = Read(Good);
        ledger.With(ledger.Compare(new Dictionary<string, double> { ["eps-in-variance"] = 0.05 })).Write(Path.Combine(folder, "new.json"));

        var again = Ledger.Read(Path.Combine(folder, "new.json"));
        Assert.Equal(0.05, again["eps-in-variance"].Test!.Measured);
        Assert.Equal(ledger["alexa"], again["alexa"]);
        Assert.Equal(ledger["no-norm-needed"], again["no-norm-needed"]);
        Assert.Contains("ε is added", File.ReadAllText(Path.Combine(folder, "new.json")));
        Assert.Contains("'eps-in-variance' does not stand with 0.2", Assert.Throws<ArgumentException>(
            () => ledger.With(ledger.Compare(new Dictionary<string, double> { ["eps-in-variance"] = 0.2 }))).Message);
    }

    [Fact]
    public void The_box_says_what_the_slide_says_and_what_we_found()
    {
        var box = ClaimView.Box(Read(Good), ("eps-in-variance", 0.04), ("alexa", null));

        Assert.Equal(["ε is added to the variance (slide 14)", "holds"], box.Rows[0].Take(2));
        Assert.EndsWith("Measured: deviation after: 0.04.", box.Rows[0][2]);
        Assert.Equal(["Alexa uses it (slide 18)", "not verifiable", "Nothing is published."], box.Rows[1]);
        Assert.Equal("the slide says", box.Columns[0]);
        Assert.Equal(["14", "alexa", "not verifiable", ""], ClaimView.WithoutTest(Read(Good)).Rows[0]);
        Assert.Equal("holds: 1, contested: 1, not verifiable: 1", ClaimView.Of(Read(Good)).Caption);
    }

    [Fact]
    public void The_box_says_which_work_says_it()
    {
        var box = ClaimView.Box(Read(Good), ("no-norm-needed", null));

        Assert.Equal("the paper says", box.Columns[0]);
        Assert.Equal("It does as well (Zhu, Chen, He, LeCun and Liu 2025)", box.Rows[0][0]);
        Assert.Equal("it is said", ClaimView.Box(Read(Good), ("alexa", null), ("no-norm-needed", null)).Columns[0]);
    }

    [Fact]
    public void The_box_says_when_this_run_does_not_bear_the_verdict_out() =>
        Assert.Equal("in the ledger: holds; this run does not bear it out", ClaimView.Box(Read(Good), ("eps-in-variance", 0.5)).Rows[0][1]);

    [Fact]
    public void The_box_asks_for_a_missing_measurement_and_refuses_one_too_many()
    {
        Assert.Contains("deviation after", Assert.Throws<ArgumentException>(() => ClaimView.Box(Read(Good), ("eps-in-variance", null))).Message);
        Assert.Contains("no test", Assert.Throws<ArgumentException>(() => ClaimView.Box(Read(Good), ("alexa", 1))).Message);
    }

    [Fact]
    public void Measurements_are_kept_replaced_read_and_forgotten()
    {
        var kept = Path.Combine(folder, "kept");
        Measurements.Save("alexa", 0.1, kept);
        Measurements.Save("alexa", 1e-17, kept);
        Assert.Equal(new Dictionary<string, double> { ["alexa"] = 1e-17 }, Measurements.Read(kept));

        foreach (var text in new[] { "many", "1,5", "" })
        {
            File.WriteAllText(Path.Combine(kept, "siri.txt"), text);
            Assert.Contains($"siri.txt holds '{text}', not a number", Assert.Throws<InvalidDataException>(() => Measurements.Read(kept)).Message);
        }

        Measurements.Clear(kept);
        Assert.Empty(Measurements.Read(kept));
    }

    [Theory, InlineData("../siri"), InlineData("/tmp/siri"), InlineData("a/b"), InlineData("a\\b"), InlineData(".."), InlineData("siri\n"), InlineData("")]
    public void A_measurement_of_what_is_no_claims_name_is_not_kept(string id)
    {
        Assert.Contains($"but it is '{id}'", Assert.Throws<ArgumentException>(() => Measurements.Save(id, 1, Path.Combine(folder, "kept"))).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    Ledger Read(string json)
    {
        var path = Path.Combine(folder, "claims.json");
        File.WriteAllText(path, json);
        return Ledger.Read(path);
    }
}
