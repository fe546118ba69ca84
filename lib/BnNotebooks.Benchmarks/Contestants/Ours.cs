using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Benchmarks;

/// <summary>The layer of BnNotebooks.Core.</summary>
internal sealed class Ours : Computing
{
    readonly Workload workload;
    readonly Tensor<float> x, y, dy, dx;

    public Ours(Inputs inputs, Workload workload)
    {
        this.workload = workload;
        Layer = Prepared(Create(workload), workload, inputs);
        (x, y) = (inputs.Shaped(inputs.X), inputs.Shaped(inputs.Y));
        (dy, dx) = workload.Backward ? (inputs.Shaped(inputs.Dy), inputs.Shaped(inputs.Dx)) : (x, y);
    }

    public Layer<float> Layer { get; }

    public override bool IsManaged => true;

    // Not only the middle one counts, but what nearly all stay below.
    public override int LeastIterations => Pace.MostIterations;

    // Where each call allocates its results, the garbage collector soon has as much memory in use as it needs for that. While
    // the others are measured it gives some of it back; a program that goes on calling does not see that.
    public override int SettlingCalls => workload.Steady ? base.SettlingCalls : 12;

    public override void Call() => Run();

    public override Outcome Compute()
    {
        var (result, gradient) = Run();
        return workload.Backward
            ? new([.. result], [.. gradient!], Gradients: [.. Layer.Parameters.Select(parameter => parameter.Gradients.ToArray())])
            : new([.. result]);
    }

    (Tensor<float> Y, Tensor<float>? Dx) Run()
    {
        if (workload.Backward)
            Layer.ZeroGrad();
        if (!workload.Steady)
            return (Layer.Forward(x), workload.Backward ? Layer.Backward(dy) : null);

        Layer.Forward(x, y);
        if (workload.Backward)
            Layer.Backward(dy, dx);
        return (y, dx);
    }

    /// <summary>A layer in the mode of the case and with its γ and β.</summary>
    public static T Prepared<T>(T layer, Workload workload, Inputs inputs) where T : Layer<float>
    {
        layer.Train(workload.Training);
        layer.GradEnabled = workload.Training; // an evaluation is run under no_grad, on both sides
        float[][] parameters = [inputs.Gamma, inputs.Beta];
        foreach (var (parameter, values) in layer.Parameters.Zip(parameters))
            values.CopyTo(parameter.Values);
        return layer;
    }

    static Layer<float> Create(Workload workload) => workload.Layer switch
    {
        "batchnorm1d" => new BatchNorm1d(workload.Channels),
        "batchnorm2d" => new BatchNorm2d(workload.Channels),
        "batchnorm3d" => new BatchNorm3d(workload.Channels),
        "batchnorm2d+relu" => new BatchNormReLU(workload.Channels),
        "layernorm" => new LayerNorm([.. workload.Dimensions[1..].Select(length => (nint)length)]),
        "groupnorm" => new GroupNorm(workload.Groups, workload.Channels),
        "instancenorm" => new InstanceNorm2d(workload.Channels),
        _ => throw new ArgumentException($"There is no layer {workload.Layer} in the library.", nameof(workload)),
    };
}
