using System.Text.Json.Nodes;
using BnNotebooks.Plotting;

namespace BnNotebooks.Tests.Charts;

/// <summary>Charts, seen through the JSON that every host draws.</summary>
static class ChartJson
{
    public static JsonNode Json(Plotly.NET.GenericChart chart) => JsonNode.Parse(ChartHtml.ToJson(chart))!;

    public static JsonNode Of(params Panel[] panels) => Json(Plot.Grid("t", panels.Length, panels));

    public static JsonNode Axis(this JsonNode json, string name) => json["layout"]![name]!;

    public static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(value => value!.GetValue<double>())];

    public static string[] Texts(JsonNode? node) => [.. node!.AsArray().Select(value => (string?)value ?? "")];

    public static IEnumerable<JsonNode> Traces(this JsonNode json) => json["data"]!.AsArray().Select(trace => trace!);
}
