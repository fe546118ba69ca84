using System.Runtime.Loader;
using BnNotebooks.Core;
using BnNotebooks.Playground.Networks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BnNotebooks.Playground.Tests;

/// <summary>The C# that the page shows beside a network.</summary>
public sealed class CodeTests
{
    static readonly string[] All =
    [
        .. Descriptions.OfEveryNormalization.Concat(Descriptions.OfEveryChoice).Select(row => row.Data),
        .. Normalizations.Names.Select(name => $$"""{"normalization":"{{name}}","momentum":0.03,"start":"pytorch","placement":"after"}"""),
        .. Normalizations.Names.Select(name => $$"""{"normalization":"{{name}}","start":"xavier"}"""),
    ];

    // All at once, because the compiler takes seconds to read what they refer to.
    static readonly Lazy<Type> Compiled = new(() => Compile(string.Join('\n', All.Select((json, i) => $$"""
        public static Layer<float> Network{{i}}()
        {
            {{ArchitectureCode.Of(RunDescription.Parse(json))}}
            return network;
        }
        """))));

    public static TheoryData<string> Shown => [.. All];

    [Theory, MemberData(nameof(Shown))]
    public void It_builds_the_very_network_that_is_trained(string json)
    {
        var description = RunDescription.Parse(json);
        var built = (Layer<float>)Compiled.Value.GetMethod($"Network{Array.IndexOf(All, json)}")!.Invoke(null, null)!;
        var trained = Architecture.Build(description);

        Assert.Equal(Values(trained), Values(built));

        // And it trains alike: momenta and options are the same too.
        var input = PlaneData.Draw("moons", 5).Training.Batch([.. Enumerable.Range(0, 32)]).Input;
        trained.Forward(input);
        built.Forward(input);
        Assert.Equal(Buffers(trained), Buffers(built));
    }

    [Fact]
    public void The_librarys_perceptron_is_one_line() =>
        Assert.StartsWith("""var network = new Mlp([2, 16, 16, 16, 2], "batch", "relu", seed: 1);""", ArchitectureCode.Of(new()));

    static float[] Values(Layer<float> network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    static float[] Buffers(Layer<float> network) => [.. network.Buffers.Where(buffer => buffer.DType == "F32").SelectMany(buffer => Flat(buffer.To<float>()))];

    static float[] Flat(System.Numerics.Tensors.Tensor<float> tensor)
    {
        var flat = new float[tensor.FlattenedLength];
        tensor.FlattenTo(flat);
        return flat;
    }

    static Type Compile(string methods)
    {
        var program = $"using System; using BnNotebooks.Core; public static class Shown {{ {methods} }}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("Shown", [CSharpSyntaxTree.ParseText(program, cancellationToken: TestContext.Current.CancellationToken)],
            references, new(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics) + "\n" + program);
        stream.Position = 0;
        return new AssemblyLoadContext("shown", isCollectible: true).LoadFromStream(stream).GetType("Shown")!;
    }
}
