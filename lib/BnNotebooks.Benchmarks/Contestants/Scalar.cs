namespace BnNotebooks.Benchmarks;

/// <summary>
/// The layer as a plain loop, one number at a time and one thread: what C# does when nobody thinks of the machine. Sums are
/// in double, because in float they would lose digits; that costs nothing here. It allocates nothing per call.
/// </summary>
internal sealed class Scalar : Contestant
{
    readonly Workload workload;
    readonly Inputs inputs;

    public Scalar(Inputs inputs, Workload workload)
    {
        (this.inputs, this.workload) = (inputs, workload);
        Norm = workload.Layer switch
        {
            "layernorm" => new ScalarLayerNorm(workload, inputs),
            "groupnorm" => new ScalarGroupNorm(workload, inputs, workload.Groups),
            "instancenorm" => new ScalarGroupNorm(workload, inputs, groups: workload.Channels),
            _ => new ScalarBatchNorm(workload, inputs),
        };
    }

    public IScalarNorm Norm { get; }

    public override void Call()
    {
        Norm.Forward(inputs.X, inputs.Y);
        if (workload.Backward)
            Norm.Backward(inputs.X, inputs.Dy, inputs.Dx);
    }
}

/// <summary>A normalization in plain loops over row-major arrays.</summary>
internal interface IScalarNorm
{
    const double Eps = 1e-5;

    /// <summary>∂ℓ/∂γ of the latest backward pass, and ∂ℓ/∂β; empty if nothing is learned.</summary>
    float[] GammaGradient { get; }

    /// <inheritdoc cref="GammaGradient"/>
    float[] BetaGradient { get; }

    void Forward(float[] x, float[] y);

    void Backward(float[] x, float[] dy, float[] dx);
}
