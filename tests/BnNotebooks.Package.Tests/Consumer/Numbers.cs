using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using BnNotebooks.Core;

/// <summary>Prints what the layers compute, a line a tensor, so that runs on other machines' instructions can be held against it.</summary>
static class Numbers
{
    const int PerLine = 24;

    public static void Print()
    {
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"vectors of {bits} bits");
        Parallelism.NumThreads = 3; // however many processors there are, and in a browser, which has one thread
        Print<float>();
        Print<double>();
    }

    static void Print<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        Print(new BatchNorm1d<T>(19), [37, 19]);
        Print(new BatchNorm2d<T>(5), [3, 5, 7, 9]);
        Print(new BatchNorm2d<T>(3), [2, 3, 250, 251]);         // several threads
        Print(new BatchNorm1d<T>(33), [70_001, 33]);            // larger than the caches
        Print(new LayerNorm<T>(67), [11, 67]);
        Print(new LayerNorm<T>([70_000]), [3, 70_000]);
        Print(new GroupNorm<T>(3, 6), [4, 6, 5, 7]);
        Print(new InstanceNorm2d<T>(5), [3, 5, 7, 9]);
        Print(new RmsNorm<T>(67), [11, 67]);
    }

    static void Print<T>(Layer<T> layer, nint[] shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var name = $"{typeof(T).Name} {layer.GetType().Name.Split('`')[0]} {string.Join('×', shape)}";
        var x = Waves<T>(shape, 0.7, offset: 3);
        Line($"{name} y", layer.Forward(x));
        Line($"{name} dx", layer.Backward(Waves<T>(shape, 1.3, offset: 0)));
        foreach (var parameter in layer.Parameters)
            Line($"{name} d{parameter.Name}", parameter.Grad);
        layer.Eval();
        Line($"{name} evaluated", layer.Forward(x));
    }

    // Numbers without a pattern, the same on every machine to the last bit.
    static Tensor<T> Waves<T>(nint[] shape, double frequency, double offset) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[shape.Aggregate((a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            var wave = i * frequency % 5.3;
            values[i] = T.CreateTruncating((float)(wave * (5.3 - wave) % 2 + offset));
        }
        return Tensor.Create(values, shape);
    }

    static void Line<T>(string name, Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        var picked = Enumerable.Range(0, PerLine).Select(i => values[(int)((long)i * (values.Length - 1) / (PerLine - 1))]);
        Console.WriteLine($"{name}: {string.Join(' ', picked.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}");
    }
}
