using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BnNotebooks.Core;

namespace BnNotebooks.Benchmarks;

/// <summary>What a fused layer does in one pass, with the library's single ones: a batch norm, an addition, a ReLU.</summary>
internal sealed class Unfused : Computing
{
    readonly Workload workload;
    readonly BatchNorm2d norm;
    readonly ReLU relu;
    readonly float[] residual;
    readonly Tensor<float> x, z, y, dy, dz, dx;

    public Unfused(Inputs inputs, Workload workload)
    {
        this.workload = workload;
        norm = Ours.Prepared(new BatchNorm2d(workload.Channels), workload, inputs);
        relu = Ours.Prepared(new ReLU(), workload, inputs);
        (x, y, residual) = (inputs.Shaped(inputs.X), inputs.Shaped(inputs.Y), inputs.Residual);
        // For the backward pass the ReLU keeps its input, so that its result must lie elsewhere.
        z = workload is { Steady: true, Training: true } ? inputs.Shaped(new float[workload.Length]) : y;
        (dy, dz, dx) = workload.Backward ? (inputs.Shaped(inputs.Dy), inputs.Shaped(inputs.Dz), inputs.Shaped(inputs.Dx)) : (x, y, y);
    }

    public override bool IsManaged => true;

    public override int SettlingCalls => workload.Steady ? base.SettlingCalls : 12;

    public override void Call() => Run();

    public override Outcome Compute()
    {
        var (result, gradient, between) = Run();
        return workload.Backward
            ? new([.. result], [.. gradient], workload.Adds ? [.. between] : null, [.. norm.Parameters.Select(parameter => parameter.Gradients.ToArray())])
            : new([.. result]);
    }

    (Tensor<float> Y, Tensor<float> Dx, Tensor<float> Dz) Run()
    {
        if (workload.Backward)
            norm.ZeroGrad();
        return workload.Steady ? Steady() : AsCalled();
    }

    (Tensor<float>, Tensor<float>, Tensor<float>) Steady()
    {
        norm.Forward(x, z);
        Add(z);
        relu.Forward(z, y);
        if (workload.Backward)
        {
            relu.Backward(dy, dz);
            norm.Backward(dz, dx);
        }
        return (y, dx, dz);
    }

    (Tensor<float>, Tensor<float>, Tensor<float>) AsCalled()
    {
        var normalized = norm.Forward(x);
        Add(normalized);
        if (!workload.Training)
        {
            relu.Forward(normalized, normalized);
            return (normalized, dx, dz);
        }
        var result = relu.Forward(normalized);
        if (!workload.Backward)
            return (result, dx, dz);
        var between = relu.Backward(dy);
        return (result, norm.Backward(between), between);
    }

    void Add(Tensor<float> target)
    {
        if (!workload.Adds)
            return;
        var values = MemoryMarshal.CreateSpan(ref target.GetPinnableReference(), residual.Length);
        TensorPrimitives.Add(values, residual, values);
    }
}
