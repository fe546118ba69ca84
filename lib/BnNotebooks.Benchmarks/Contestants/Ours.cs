using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Benchmarks;

/// <summary>The layer of BnNotebooks.Core.</summary>
internal sealed class Ours : Contestant
{
    readonly Workload workload;
    readonly Tensor<float> x, y, dy, dx;

    public Ours(Inputs inputs, Workload workload)
    {
        this.workload = workload;
        Layer = Create(workload);
        Layer.Train(workload.Training);
        Layer.GradEnabled = workload.Training; // an evaluation is run under no_grad, on both sides
        float[][] parameters = [inputs.Gamma, inputs.Beta];
        foreach (var (parameter, values) in Layer.Parameters.Zip(parameters))
            values.CopyTo(parameter.Values);
        (x, y) = (inputs.Shaped(inputs.X), inputs.Shaped(inputs.Y));
        (dy, dx) = workload.Backward ? (inputs.Shaped(inputs.Dy), inputs.Shaped(inputs.Dx)) : (x, y);
    }

    public Layer<float> Layer { get; }

    // Most of the code is here, and which of it runs depends on the shape.
    public override double FirstWarmUp => 0.8;

    // Where each call allocates its results, the garbage collector soon has as much memory in use as it needs for that. While
    // the others are measured it gives some of it back; a program that goes on calling does not see that.
    public override int SettlingCalls => workload.Steady ? base.SettlingCalls : 12;

    public override void Call()
    {
        if (workload.Backward)
            Layer.ZeroGrad();
        if (workload.Steady)
        {
            Layer.Forward(x, y);
            if (workload.Backward)
                Layer.Backward(dy, dx);
        }
        else
        {
            Layer.Forward(x);
            if (workload.Backward)
                Layer.Backward(dy);
        }
    }

    static Layer<float> Create(Workload workload) => workload.Layer switch
    {
        "batchnorm1d" => new BatchNorm1d(workload.Channels),
        "batchnorm2d" => new BatchNorm2d(workload.Channels),
        "batchnorm3d" => new BatchNorm3d(workload.Channels),
        "layernorm" => new LayerNorm([.. workload.Dimensions[1..].Select(length => (nint)length)]),
        "groupnorm" => new GroupNorm(workload.Groups, workload.Channels),
        "instancenorm" => new InstanceNorm2d(workload.Channels),
        _ => throw new ArgumentException($"There is no layer {workload.Layer} in the library.", nameof(workload)),
    };
}
