using System.Numerics.Tensors;
using BnNotebooks.Core;
using BnNotebooks.Tests.Live;
using TorchSharp;
using TorchSharp.PyBridge;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace BnNotebooks.Tests.Interop;

/// <summary>TorchSharp.PyBridge, by which TorchSharp's modules take safetensors, reads what we write and writes what we read.</summary>
public sealed class PyBridgeTests : IDisposable
{
    // Sums of a dozen terms of up to ten, rounded in another order than libtorch's.
    const double Rounding = 1e-5;

    static readonly Dictionary<string, (Func<Layer<float>> Ours, Func<TorchModule> Torchs, nint[] Shape)> Cases = new()
    {
        ["BatchNorm1d"] = (() => new BatchNorm1d(3), () => torch.nn.BatchNorm1d(3), [4, 3]),
        ["BatchNorm2d"] = (() => new BatchNorm2d(3, eps: 0.1), () => torch.nn.BatchNorm2d(3, eps: 0.1), [4, 3, 2, 3]),
        ["BatchNorm3d, not affine"] = (() => new BatchNorm3d(3, affine: false), () => torch.nn.BatchNorm3d(3, affine: false), [2, 3, 2, 1, 3]),
        ["LayerNorm"] = (() => new LayerNorm([2, 3]), () => torch.nn.LayerNorm([2, 3]), [4, 2, 3]),
        ["GroupNorm"] = (() => new GroupNorm(2, 4), () => torch.nn.GroupNorm(2, 4), [3, 4, 5]),
        ["InstanceNorm2d"] = (() => new InstanceNorm2d(3, affine: true, trackRunningStats: true),
            () => torch.nn.InstanceNorm2d(3, affine: true, track_running_stats: true), [4, 3, 2, 3]),
        ["Linear"] = (() => new Linear(3, 2), () => torch.nn.Linear(3, 2), [4, 3]),
        ["Linear without bias"] = (() => new Linear(3, 2, bias: false), () => torch.nn.Linear(3, 2, hasBias: false), [4, 3]),
        ["Sequential"] = (() => new Sequential(new Linear(3, 4), new BatchNorm1d(4), new ReLU(), new Linear(4, 2)),
            () => torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 2)), [6, 3]),
    };

    readonly string folder = Directory.CreateTempSubdirectory("bn-pybridge-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    string State => Path.Combine(folder, "state.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Names))]
    public void It_loads_our_state_strictly_and_the_module_gives_our_output(string name)
    {
        var (make, makeTorchs, shape) = Cases[name];
        var (layer, x) = (make(), Normal(seed: 1, shape));
        using var module = makeTorchs();
        var seed = 10;
        foreach (var parameter in layer.Parameters)
            Normal(seed++, parameter.Value.Lengths).FlattenTo(parameter.Values);
        layer.Forward(Normal(seed: 2, shape));
        layer.Eval();

        SafeTensors.Save(State, layer.StateDict());
        module.load_safetensors(State, strict: true);

        SameOutput(layer, module, x);
    }

    [Theory, MemberData(nameof(Names))]
    public void We_load_the_modules_state_strictly_and_give_its_output(string name)
    {
        var (make, makeTorchs, shape) = Cases[name];
        var (layer, x) = (make(), Normal(seed: 1, shape));
        using var module = makeTorchs();
        foreach (var parameter in module.parameters())
            torch.nn.init.normal_(parameter);
        using (var batch = Normal(seed: 2, shape).ToTorch())
            module.call(batch).Dispose();

        module.save_safetensors(State);
        var loaded = layer.LoadStateDict(SafeTensors.Load(State));

        Assert.Empty(loaded.Missing.Concat(loaded.Unexpected).Concat(loaded.Converted));
        layer.Eval();
        SameOutput(layer, module, x);
    }

    static void SameOutput(Layer<float> layer, TorchModule module, Tensor<float> x)
    {
        module.eval();
        using var input = x.ToTorch();
        using var output = module.call(input);

        Assert.Equal(output.shape, layer.Forward(x).Lengths.ToArray().Select(length => (long)length));
        Numbers.Close([.. output.ToTensor().Select(y => (double)y)], Numbers.Values(layer.Forward(x)), Rounding, "output");
    }

    static Tensor<float> Normal(int seed, ReadOnlySpan<nint> shape)
    {
        var tensor = Tensor.CreateFromShape<float>(shape);
        return Tensor.Create(Numbers.Normal<float>(new Random(seed), (int)tensor.FlattenedLength, mean: 1, std: 2), shape);
    }
}
