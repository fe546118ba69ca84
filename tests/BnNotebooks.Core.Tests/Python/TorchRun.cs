using System.Diagnostics;
using System.Numerics.Tensors;
using BnNotebooks.Core.Tests.Golden;

namespace BnNotebooks.Core.Tests.Python;

/// <summary>Writes states for <c>torch_states.py</c> and runs it once for all tests: importing torch takes seconds.</summary>
public sealed class TorchRun : IDisposable
{
    const int NoTorch = 3;

    // Debian's own, the one that sees Debian's packages; whatever is first in the PATH may be another.
    const string Interpreter = "/usr/bin/python3";

    internal static readonly Dictionary<string, (Func<Layer<float>> Make, nint[] Shape)> Layers = new()
    {
        ["BatchNorm1d"] = (() => new BatchNorm1d(3), [4, 3, 5]),
        ["BatchNorm2d"] = (() => new BatchNorm2d(3, eps: 0.1), [4, 3, 2, 3]),
        ["BatchNorm3d"] = (() => new BatchNorm3d(3), [4, 3, 2, 1, 3]),
        ["BatchNorm1d, not affine"] = (() => new BatchNorm1d(3, affine: false), [4, 3]),
        ["LayerNorm"] = (() => new LayerNorm([2, 3]), [4, 2, 3]),
        ["GroupNorm"] = (() => new GroupNorm(2, 4), [3, 4, 5]),
        ["InstanceNorm2d"] = (() => new InstanceNorm2d(3, affine: true, trackRunningStats: true), [4, 3, 2, 3]),
        ["Linear"] = (() => new Linear(3, 2), [4, 3]),
        ["Linear without bias"] = (() => new Linear(3, 2, bias: false), [4, 3]),
        ["weight norm"] = (() => new WeightNormLinear(3, 2), [4, 3]),
        ["Sequential"] = (() => new Sequential(
            new Linear(3, 4), new BatchNorm1d(4), new Sequential(new ReLU(), new Linear(4, 2, bias: false))), [6, 3]),
    };

    readonly string folder = Directory.CreateTempSubdirectory("bn-torch-").FullName;
    readonly int exitCode = NoTorch;

    public TorchRun()
    {
        foreach (var (name, (make, shape)) in Layers)
            Outputs[name] = Write(name, make(), Data.Normal<float>(seed: 1, shape, mean: 1, std: 2));
        SafeTensors.Save(File("types.ours"), new[]
        {
            StateTensor.Over("F16", [(Half)0.1, (Half)65504], [2]), StateTensor.Over("F32", [0.1f, 1e-45f], [2, 1]), StateTensor.Over("F64", [0.1], []),
            StateTensor.Over("BOOL", [true, false], [2]), StateTensor.Over<byte>("U8", [0, 255], [1, 2]), StateTensor.Over<sbyte>("I8", [-128, 127], [2]),
            StateTensor.Over<short>("I16", [-32768, 1], [2]), StateTensor.Over("I32", [int.MinValue, 1], [2]), StateTensor.Over("I64", [1L << 52, -1], [2]),
        }.ToDictionary(tensor => tensor.Name));

        if (!System.IO.File.Exists(Interpreter))
            return;
        var script = GoldenFile.InRepository("tests/BnNotebooks.Core.Tests/Python/torch_states.py");
        using var python = Process.Start(new ProcessStartInfo(Interpreter, [script, folder]) { RedirectStandardError = true })!;
        Errors = python.StandardError.ReadToEnd();
        python.WaitForExit();
        exitCode = python.ExitCode;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal Dictionary<string, Tensor<float>> Outputs { get; } = [];

    string Errors { get; } = "";

    internal void SkipWithoutTorch()
    {
        Assert.SkipWhen(exitCode == NoTorch, $"No PyTorch for {Interpreter} on this machine (Debian: apt-get install python3-torch).");
        Assert.True(exitCode == 0, Errors);
    }

    internal IReadOnlyDictionary<string, StateTensor> Read(string name) => SafeTensors.Load(File(name));

    string File(string name) => Path.Combine(folder, name);

    // Of a layer with a history: its state, an input, and what it makes of that in evaluation.
    Tensor<float> Write(string name, Layer<float> layer, Tensor<float> x)
    {
        var seed = 10;
        foreach (var parameter in layer.Parameters)
            Data.Normal<float>(seed++, parameter.Value.Lengths).FlattenTo(parameter.Values);
        layer.Forward(Data.Normal<float>(seed: 2, x.Lengths, mean: -1));
        SafeTensors.Save(File($"{name}.ours"), layer.StateDict());
        SafeTensors.Save(File($"{name}.input"), new Dictionary<string, StateTensor> { ["x"] = StateTensor.Over("x", x.ToArray(), x.Lengths) });
        layer.Eval();
        return layer.Forward(x);
    }
}
