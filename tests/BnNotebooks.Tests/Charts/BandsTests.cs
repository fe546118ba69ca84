using System.Text.Json.Nodes;
using BnNotebooks.Plotting;
using static BnNotebooks.Tests.Charts.ChartJson;

namespace BnNotebooks.Tests.Charts;

public sealed class BandsTests
{
    static readonly (string, double[], double[], double[], double[])[] Two =
        [("a", [1, 2], [5, 6], [4, 5], [6, 7]), ("b", [1, 2], [1, 2], [0, 1], [2, 3])];

    static JsonNode[] Areas(JsonNode json) => [.. json.Traces().Where(trace => trace["fill"] is not null && trace["name"] is null)];

    [Fact]
    public void A_band_goes_along_the_upper_bound_and_back_along_the_lower_one()
    {
        var json = Of(Panels.Bands("x", "y", ("a", [1, 2, 3], [5, 6, double.NaN], [4, 5, 1], [6, double.PositiveInfinity, 9])));

        var (area, line) = (json["data"]![0]!, json["data"]![1]!);
        Assert.Equal([1, 1], Numbers(area["x"])); // where all three numbers are finite
        Assert.Equal([6, 4], Numbers(area["y"]));
        Assert.Equal([1, 2], Numbers(line["x"]));
        Assert.Equal([5, 6], Numbers(line["y"]));
        Assert.Contains("crooked", Assert.Throws<ArgumentException>(() => Panels.Bands("x", "y", ("crooked", [1], [1], [1, 2], [1]))).Message);
    }

    [Fact]
    public void The_legend_says_once_that_bands_are_intervals_and_what_ranges_are()
    {
        string[] Legend(params Panel[] panels) => [.. Of(panels).Traces()
            .Where(trace => (bool?)trace["showlegend"] != false).Select(trace => (string)trace["name"]!)];

        Assert.Equal(["a", "b", "95 % interval"], Legend(Panels.Bands("x", "y", Two), Panels.Bands("x", "y", Two)));
        Assert.Equal(["a", "b", "from lowest to highest"], Legend(Panels.Ranges("x", "y", "from lowest to highest", Two)));
        Assert.Throws<ArgumentException>(() => Panels.Ranges("x", "y", " ", Two));
    }

    [Fact]
    public void Ranges_look_different_from_bands_outlined_and_nearly_empty()
    {
        static double Opacity(JsonNode trace) => double.Parse(((string)trace["fillcolor"]!).Split(',')[3].TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture);
        var (bands, ranges) = (Areas(Of(Panels.Bands("x", "y", Two))), Areas(Of(Panels.Ranges("x", "y", "all", Two))));

        Assert.Equal((2, 2), (bands.Length, ranges.Length));
        Assert.All(bands, area => Assert.Equal(0, area["line"]!["width"]!.GetValue<double>()));
        Assert.All(ranges, area => Assert.Equal("dash", (string?)area["line"]!["dash"]));
        Assert.All(bands.Zip(ranges), pair => Assert.True(Opacity(pair.First) > 3 * Opacity(pair.Second)));
    }

    [Theory]
    [InlineData(double.NaN)] // one run
    [InlineData(0)] // all runs alike
    public void Where_there_is_no_area_the_legend_says_nothing_of_one(double half)
    {
        var json = Of(Panels.Bands("x", "y", ("a", [1, 2], [5, 6], [5 - half, 6 - half], [5 + half, 6 + half])));

        Assert.Equal(["a"], json.Traces().Select(trace => (string?)trace["name"]));
        Assert.False((bool)json["layout"]!["showlegend"]!, "one line needs no legend");
    }
}
