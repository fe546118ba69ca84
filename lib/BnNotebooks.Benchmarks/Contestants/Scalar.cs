namespace BnNotebooks.Benchmarks;

/// <summary>
/// The layer as a plain loop, one number at a time and one thread: what C# does when nobody thinks of the machine. Sums are
/// in double, because in float they would lose digits; that costs nothing here. As called, it allocates
/// its results as everybody does.
/// </summary>
internal sealed class Scalar : Computing
{
    readonly Workload workload;
    readonly Inputs inputs;

    public Scalar(Inputs inputs, Workload workload)
    {
        (this.inputs, this.workload) = (inputs, workload);
        Norm = workload.Norm switch
        {
            "layernorm" => new ScalarLayerNorm(workload, inputs),
            "groupnorm" => new ScalarGroupNorm(workload, inputs, workload.Groups),
            "instancenorm" => new ScalarGroupNorm(workload, inputs, groups: workload.Channels),
            _ => new ScalarBatchNorm(workload, inputs),
        };
    }

    public IScalarNorm Norm { get; }

    public override bool IsManaged => true;

    public override void Call() => Run();

    public override Outcome Compute()
    {
        var (y, dx, dz) = Run();
        return workload.Backward ? new([.. y], [.. dx], workload.Adds ? [.. dz] : null, [Norm.GammaGradient, Norm.BetaGradient]) : new([.. y]);
    }

    (float[] Y, float[] Dx, float[] Dz) Run()
    {
        float[] Memory(float[] steady) => workload.Steady ? steady : GC.AllocateUninitializedArray<float>(steady.Length);
        var y = Memory(inputs.Y);
        Norm.Forward(inputs.X, y);
        if (workload.Rectifies)
            AddAndRectify(inputs.Residual, y);
        if (!workload.Backward)
            return (y, [], []);

        var (dx, dz) = (Memory(inputs.Dx), inputs.Dy);
        if (workload.Rectifies)
        {
            dz = Memory(inputs.Dz);
            RectifyBackward(y, inputs.Dy, dz);
        }
        Norm.Backward(inputs.X, dz, dx);
        return (y, dx, dz);
    }

    static void AddAndRectify(float[] residual, float[] y)
    {
        if (residual.Length > 0)
            for (var i = 0; i < y.Length; i++)
                y[i] += residual[i];
        for (var i = 0; i < y.Length; i++)
            y[i] = Math.Max(y[i], 0);
    }

    static void RectifyBackward(float[] y, float[] dy, float[] dz)
    {
        for (var i = 0; i < y.Length; i++)
            dz[i] = y[i] > 0 ? dy[i] : 0;
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
