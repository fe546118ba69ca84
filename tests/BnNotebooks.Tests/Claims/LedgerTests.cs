using BnNotebooks.Claims;

namespace BnNotebooks.Tests.Claims;

public sealed class LedgerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bn-claims-").FullName;

    private const string Good = """
        [
          {
            "id": "eps-in-variance", "slide": 14, "statement": "ε is added to the variance", "verdict": "holds",
            "finding": "With σ = 1e-4 the output shrinks as √(σ² + ε) says.", "notebook": "08-examples",
            "test": { "experiment": "tiny-spread", "metric": "deviation after", "atMost": 0.1, "measured": 0.0316 },
            "literature": "Ioffe and Szegedy 2015"
          },
          { "id": "alexa", "slide": 18, "statement": "Alexa uses it", "verdict": "not verifiable", "finding": "Nothing is published." }
        ]
        """;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_ledger_is_read_with_all_it_says()
    {
        var ledger = Read(Good);

        var claim = ledger["eps-in-variance"];
        Assert.Equal((14, Verdict.Holds, "08-examples"), (claim.Slide, claim.Verdict, claim.Notebook));
        Assert.Equal(("tiny-spread", null, 0.1, 0.0316), (claim.Test!.Experiment, claim.Test.AtLeast, claim.Test.AtMost, claim.Test.Measured));
        Assert.Equal(Verdict.NotVerifiable, ledger["alexa"].Verdict);
        Assert.Equal(["alexa"], ledger.Only("alexa").Claims.Select(c => c.Id));
    }

    [Theory]
    [InlineData("\"verdict\": \"holds\"", "\"verdict\": \"true\"", "'not verifiable', but it is 'true'")]
    [InlineData("\"slide\": 14", "\"slide\": 25", "slides 1 to 24")]
    [InlineData("\"id\": \"alexa\"", "\"id\": \"eps-in-variance\"", "two claims 'eps-in-variance'")]
    [InlineData("\"finding\"", "\"findings\"", "findings")]
    [InlineData("\"slide\": 14, ", "", "slide")]
    [InlineData("\"atMost\": 0.1, ", "", "without a bound")]
    [InlineData("\"measured\": 0.0316", "\"measured\": 0.5", "measured is 0.5")]
    [InlineData("\"verdict\": \"not verifiable\"", "\"verdict\": \"wrong\"", "nothing that it rests on")]
    [InlineData("\"finding\": \"Nothing is published.\"", "\"finding\": \" \"", "lacks its statement or its finding")]
    [InlineData("]", "", "is not a ledger")]
    public void What_is_wrong_with_a_ledger_is_said(string right, string wrong, string said)
    {
        Assert.Contains(right, Good);
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Read(Good.Replace(right, wrong))).Message);
    }

    [Fact]
    public void A_missing_ledger_and_an_unknown_claim_are_named()
    {
        Assert.Contains("git checkout", Assert.Throws<FileNotFoundException>(() => Ledger.Read(Path.Combine(folder, "none.json"))).Message);
        Assert.Contains("eps-in-variance, alexa", Assert.Throws<ArgumentException>(() => Read(Good)["siri"]).Message);
    }

    [Theory]
    [InlineData(0.05, true)]
    [InlineData(0.2, false)]
    [InlineData(double.NaN, false)]
    public void Measuring_again_says_whether_the_verdict_stands(double now, bool agrees)
    {
        var calls = 0;
        var results = Read(Good).Measure(new Dictionary<string, Func<double>> { ["tiny-spread"] = () => { calls++; return now; } });

        var result = Assert.Single(results);
        Assert.Equal((now, agrees, 1), (result.Measured, result.Agrees, calls));
        Assert.Equal(agrees ? "agrees" : "DISAGREES", ClaimView.Of(results).Rows[0][^1]);
        Assert.Contains("tiny-spread", Assert.Throws<ArgumentException>(() => Read(Good).Measure(new Dictionary<string, Func<double>>())).Message);
    }

    [Fact]
    public void The_box_says_what_the_slide_says_and_what_we_found()
    {
        var box = ClaimView.Box(Read(Good));

        Assert.Equal(["ε is added to the variance (slide 14)", "holds"], box.Rows[0].Take(2));
        Assert.EndsWith("Measured: deviation after: 0.0316.", box.Rows[0][2]);
        Assert.Equal("holds: 1, not verifiable: 1", ClaimView.Of(Read(Good)).Caption);
    }

    private Ledger Read(string json)
    {
        var path = Path.Combine(folder, "claims.json");
        File.WriteAllText(path, json);
        return Ledger.Read(path);
    }
}
