using System.Text.Json.Nodes;

namespace BnNotebooks.Runner.Tests.Live;

public sealed class SameOutputTests
{
    static JsonArray Recorded(string mime, string value) =>
        [new JsonObject { ["output_type"] = "execute_result", ["data"] = new JsonObject { [mime] = value } }];

    static JsonArray Given(string mime, string value) =>
        [new JsonObject { ["kind"] = "display", ["data"] = new JsonObject { [mime] = value } }];

    [Theory]
    [InlineData("mean 3.14", "mean 3.14")]
    [InlineData("mean 3.14", "mean 3.15")] // the last digit that is printed
    [InlineData("mean 123456.7", "mean 123460.1")] // five digits of a float's seven
    [InlineData("difference 1.2e-7", "difference 6.0e-8")] // both are rounding
    [InlineData("{−0.5}", "{−0.5}")]
    public void Numbers_may_differ_by_rounding(string recorded, string given) =>
        Assert.Null(SameOutput.Difference(Recorded("text/plain", recorded), Given("text/plain", given)));

    [Theory]
    [InlineData("mean 3.14", "mean 3.16")]
    [InlineData("mean 3.14", "mean −3.14")]
    [InlineData("mean 3.14", "median 3.14")]
    [InlineData("difference 1.2e-7", "difference 1.2e-3")]
    [InlineData("12 of 12 right", "11 of 12 right, but")]
    public void What_differs_beyond_rounding_is_told(string recorded, string given) =>
        Assert.NotNull(SameOutput.Difference(Recorded("text/plain", recorded), Given("text/plain", given)));

    [Theory]
    [InlineData("""{"data":[{"y":[1,2]}]}""", """{"data":[{"y":[1,2.00001]}]}""", true)]
    [InlineData("""{"data":[{"y":[1,2]}]}""", """{"data":[{"y":[1,2.1]}]}""", false)]
    [InlineData("""{"data":[{"y":[1,2]}]}""", """{"data":[{"y":[1,2,3]}]}""", false)]
    [InlineData("""{"data":[{"y":[1]}]}""", """{"data":[{"x":[1]}]}""", false)]
    [InlineData("""{"data":[{"name":"a"}]}""", """{"data":[{"name":"b"}]}""", false)]
    public void Charts_are_compared_value_by_value(string recorded, string given, bool same)
    {
        const string mime = "application/vnd.plotly.v1+json";
        Assert.Equal(same, SameOutput.Difference(Recorded(mime, recorded), Given(mime, given)) is null);
    }

    [Fact]
    public void An_output_too_many_is_told() =>
        Assert.NotNull(SameOutput.Difference([], Given("text/plain", "3")));
}
