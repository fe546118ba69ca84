using System.Numerics.Tensors;

namespace BnNotebooks.Benchmarks;

/// <summary>
/// The numbers of one shape, the same for every contestant, and the memory for the results that the managed ones take turns
/// to write to.
/// </summary>
internal sealed class Inputs
{
    public Inputs(Workload workload)
    {
        var random = new Random(42);
        Workload = workload;
        X = Uniform(random, workload.Length, -1f, 3f);
        Dy = Uniform(random, workload.Backward ? workload.Length : 0, -1f, 1f);
        Gamma = Uniform(random, workload.Parameters, 0.5f, 1.5f);
        Beta = Uniform(random, workload.Parameters, -0.5f, 0.5f);
        Residual = Uniform(random, workload.Adds ? workload.Length : 0, -1f, 1f);
        Y = Mapped(workload.Length);
        Dx = Mapped(Dy.Length);
        Dz = Mapped(workload.Fused ? Dy.Length : 0);
    }

    public Workload Workload { get; }

    public float[] X { get; }

    public float[] Dy { get; }

    public float[] Gamma { get; }

    public float[] Beta { get; }

    /// <summary>What is added to the normalization's result, if anything is.</summary>
    public float[] Residual { get; }

    public float[] Y { get; }

    public float[] Dx { get; }

    /// <summary>For the gradient between the normalization and what follows it, which is the residual's too.</summary>
    public float[] Dz { get; }

    /// <summary>An array as a tensor of the input's shape, over the same memory.</summary>
    public Tensor<float> Shaped(float[] values) => Tensor.Create(values, [.. Workload.Dimensions.Select(length => (nint)length)]);

    /// <summary>Whether another case can be measured on the same numbers.</summary>
    public bool Serve(Workload other) =>
        other.Layer == Workload.Layer && other.Shape == Workload.Shape && other.Backward == Workload.Backward;

    // A first write has the system map the memory, which would else happen within a measurement.
    static float[] Mapped(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    static float[] Uniform(Random random, int count, float low, float high)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = low + (high - low) * random.NextSingle();
        return values;
    }
}
