using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests.Python;

/// <summary>PyTorch reads the states that we write and we read those that it writes, and then both compute the same.</summary>
public sealed class PythonTorchTests(TorchRun run) : IClassFixture<TorchRun>
{
    // Sums of up to a dozen terms of up to ten, rounded in another order than torch's.
    const double Rounding = 1e-5;

    public static TheoryData<string> Cases => [.. TorchRun.Layers.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Torch_loads_our_state_strictly_and_gives_our_output(string name)
    {
        run.SkipWithoutTorch();

        Close.Assert(run.Outputs[name], run.Read($"{name}.ours.output")["y"].To<float>(), Rounding, "output");
    }

    [Theory, MemberData(nameof(Cases))]
    public void We_load_torchs_state_strictly_and_give_its_output(string name)
    {
        run.SkipWithoutTorch();
        var (layer, expected) = (TorchRun.Layers[name].Make(), run.Read($"{name}.torch.output")["y"].To<float>());

        var loaded = layer.LoadStateDict(run.Read($"{name}.torch"));

        Assert.Empty(loaded.Missing.Concat(loaded.Unexpected).Concat(loaded.Converted));
        layer.Eval();
        Close.Assert(expected, layer.Forward(run.Read($"{name}.input")["x"].To<float>()), Rounding, "output");
    }

    [Theory, InlineData("ours"), InlineData("torch")]
    public void Both_read_the_same_numbers_of_every_element_type(string writer)
    {
        run.SkipWithoutTorch();

        var (tensors, doubles) = (run.Read($"types.{writer}"), run.Read($"types.{writer}.double"));

        Assert.Equal(["BF16", "BOOL", "F16", "F32", "F64", "I16", "I32", "I64", "I8", "U8"],
            (writer == "ours" ? tensors.Keys.Append("BF16") : tensors.Keys).Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(name, tensor.DType);
            Assert.Equal(doubles[name].Shape, tensor.Shape);
            Assert.Equal(doubles[name].To<double>().ToArray(), tensor.ConvertTo<double>().ToArray());
        }
    }
}
