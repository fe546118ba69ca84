using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using BnNotebooks.Playground;

namespace BnNotebooks.Playground.Tests;

/// <summary>The engine as pages load it, in WebAssembly under Node, beside the same sources compiled for this machine.</summary>
public sealed class NodeTests(NodeTests.Engine engine) : IClassFixture<NodeTests.Engine>
{
    const int Steps = 200, Side = 8;

    /// <summary>
    /// Single precision keeps 7 digits. WebAssembly has vectors of 4 numbers, this machine of 8 or 16: a scalar product is added up in
    /// another order, and rounds otherwise in its last digit. In 200 steps of these runs that grows to 3e-6 at most. There are others
    /// in which training multiplies it until nothing is alike; that is the training's doing, as the test below shows, and they are not compared.
    /// </summary>
    const double Tolerance = 1e-5;

    static readonly string[] All = [.. Descriptions.OfEveryNormalization.Concat(Descriptions.OfEveryChoice).Select(row => row.Data)];

    public static TheoryData<string> Runs => [.. All];

    [Theory, MemberData(nameof(Runs))]
    public void In_WebAssembly_200_steps_give_the_numbers_that_they_give_natively(string description)
    {
        var run = NetworkExports.Make(description);
        double[][] native =
        [
            NetworkExports.Step(run, Steps), NetworkExports.Scores(run), NetworkExports.PlaneInEvaluation(run, Side),
            NetworkExports.PlaneInTraining(run, Side, 32, 1), NetworkExports.AtPoint(run, 0.2, 0.1, 32, 4), Spreads(description, NetworkExports.Inside(run)),
        ];
        var (web, inside) = engine.Results(Array.IndexOf(All, description));
        web = [.. web, Spreads(description, inside)];

        TestContext.Current.SendDiagnosticMessage("{0}: {1:E1}", description, native.Zip(web, (a, b) => a.Zip(b, Difference).Max()).Max());
        for (var call = 0; call < native.Length; call++)
        {
            Assert.Equal(native[call].Length, web[call].Length);
            for (var i = 0; i < native[call].Length; i++)
                Assert.True(Difference(native[call][i], web[call][i]) <= Tolerance,
                    $"Of call {call} number {i} is {native[call][i]:G9} natively and {web[call][i]:G9} in WebAssembly.");
        }
        NetworkExports.Drop(run);
    }

    [Theory]
    [InlineData("""{"normalization":"group","data":"moons","depth":1,"rate":RATE}""")]
    [InlineData("""{"data":"circles","activation":"sigmoid","start":"xavier","rate":RATE}""")]
    public void Where_training_multiplies_a_rounding_it_does_so_on_one_machine_too(string description)
    {
        double[] After(string rate)
        {
            var run = NetworkExports.Make(description.Replace("RATE", rate));
            return [.. NetworkExports.Step(run, Steps)[..2], .. NetworkExports.Scores(run)];
        }
        Assert.True(After("0.01").Zip(After("0.010000001"), Difference).Max() > 100 * Tolerance);
    }

    // Relative to the number, or to 1 for smaller ones: probabilities, losses and statistics are of that size.
    static double Difference(double native, double web) =>
        double.IsNaN(native) && double.IsNaN(web) ? 0 : Math.Abs(native - web) / Math.Max(1, Math.Abs(native));

    // The bars of the histograms are counts: a value at the border of two may fall in the other one. What they are made of is compared.
    static double[] Spreads(string description, double[] inside)
    {
        const int perLayer = 2 + 2 * Networks.Inside.Bars;
        var layers = Networks.RunDescription.Parse(description).Depth;
        return [.. Enumerable.Range(0, layers).SelectMany(layer => (double[])[inside[layer * perLayer], inside[layer * perLayer + 1 + Networks.Inside.Bars]]),
            .. inside[(layers * perLayer)..]];
    }

    /// <summary>What one process of Node answers for all runs.</summary>
    public sealed class Engine
    {
        readonly Lazy<JsonElement[]> answers = new(Ask);

        const int Calls = 7; // a run: Make, then those of the test

        public (double[][] Numbers, double[] Inside) Results(int run)
        {
            var results = answers.Value.Skip(run * Calls + 1).Take(Calls - 1).Select(Numbers).ToArray();
            return (results[..^1], results[^1]);
        }

        // JSON has no NaN: it comes as null.
        static double[] Numbers(JsonElement list) =>
            [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

        static JsonElement[] Ask()
        {
            var calls = All.SelectMany((description, i) => (object[][])
            [
                ["Make", description], ["Step", i + 1, Steps], ["Scores", i + 1], ["PlaneInEvaluation", i + 1, Side],
                ["PlaneInTraining", i + 1, Side, 32, 1], ["AtPoint", i + 1, 0.2, 0.1, 32, 4], ["Inside", i + 1],
            ]);
            var folder = typeof(NodeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Engine").Value!;
            using var node = Start(Path.Combine(AppContext.BaseDirectory, "engine.mjs"), folder);
            node.StandardInput.Write(JsonSerializer.Serialize(calls));
            node.StandardInput.Close();
            var errors = node.StandardError.ReadToEndAsync();
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, $"Node ended with {node.ExitCode}: {errors.Result}");
            return JsonSerializer.Deserialize<JsonElement[]>(output)!;
        }

        static Process Start(params string[] arguments)
        {
            try
            {
                return Process.Start(new ProcessStartInfo("node", arguments)
                { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("No Node on this machine: WebAssembly cannot be run without a browser.");
                throw;
            }
        }
    }
}
