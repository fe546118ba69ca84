using System.Numerics.Tensors;
using BnNotebooks.Core;

namespace BnNotebooks.Benchmarks;

/// <summary>The end of a residual block in one pass, of BnNotebooks.Core. It has two inputs, so it is no layer.</summary>
internal sealed class OursAdding : Computing
{
    readonly Workload workload;
    readonly BatchNormAddReLU fused;
    readonly Tensor<float> x, residual, y, dy, dx, dz;

    public OursAdding(Inputs inputs, Workload workload)
    {
        this.workload = workload;
        fused = new BatchNormAddReLU(workload.Channels);
        Ours.Prepared(fused.BatchNorm, workload, inputs);
        (x, residual, y) = (inputs.Shaped(inputs.X), inputs.Shaped(inputs.Residual), inputs.Shaped(inputs.Y));
        (dy, dx, dz) = workload.Backward ? (inputs.Shaped(inputs.Dy), inputs.Shaped(inputs.Dx), inputs.Shaped(inputs.Dz)) : (x, y, y);
    }

    public override bool IsManaged => true;

    public override int LeastIterations => Pace.MostIterations;

    public override int SettlingCalls => workload.Steady ? base.SettlingCalls : 12;

    public override void Call() => Run();

    public override Outcome Compute()
    {
        var (result, gradient, between) = Run();
        return workload.Backward
            ? new([.. result], [.. gradient], [.. between], [.. fused.BatchNorm.Parameters.Select(parameter => parameter.Gradients.ToArray())])
            : new([.. result]);
    }

    (Tensor<float> Y, Tensor<float> Dx, Tensor<float> Dz) Run()
    {
        if (workload.Backward)
            fused.BatchNorm.ZeroGrad();
        if (workload.Steady)
        {
            fused.Forward(x, residual, y);
            if (workload.Backward)
                fused.Backward(dy, dx, dz);
            return (y, dx, dz);
        }
        var result = fused.Forward(x, residual);
        if (!workload.Backward)
            return (result, dx, dz);
        var (gradInput, gradResidual) = fused.Backward(dy);
        return (result, gradInput, gradResidual);
    }
}
