namespace BnNotebooks.Benchmarks;

/// <summary>Layer norm over whole samples in plain loops, with a γ and a β for each value of a sample.</summary>
internal sealed class ScalarLayerNorm(Workload workload, Inputs inputs) : IScalarNorm
{
    readonly int k = workload.Length / workload.Samples;
    readonly float[] gamma = inputs.Gamma, beta = inputs.Beta;
    readonly float[] mean = new float[workload.Samples], inverse = new float[workload.Samples];

    public float[] GammaGradient { get; } = new float[inputs.Gamma.Length];

    public float[] BetaGradient { get; } = new float[inputs.Beta.Length];

    public void Forward(float[] x, float[] y)
    {
        for (var sample = 0; sample < mean.Length; sample++)
        {
            var start = sample * k;
            var (sum, squares) = (0.0, 0.0);
            for (var i = start; i < start + k; i++)
                sum += x[i];
            var mu = (float)(sum / k);
            for (var i = start; i < start + k; i++)
                squares += (x[i] - mu) * (x[i] - mu);
            var r = (float)(1 / Math.Sqrt(squares / k + IScalarNorm.Eps));
            (mean[sample], inverse[sample]) = (mu, r);
            for (var j = 0; j < k; j++)
                y[start + j] = (x[start + j] - mu) * r * gamma[j] + beta[j];
        }
    }

    public void Backward(float[] x, float[] dy, float[] dx)
    {
        Array.Clear(GammaGradient);
        Array.Clear(BetaGradient);
        for (var sample = 0; sample < mean.Length; sample++)
        {
            var start = sample * k;
            float mu = mean[sample], r = inverse[sample];
            var (throughMean, throughVariance) = (0.0, 0.0);
            for (var j = 0; j < k; j++)
            {
                float gradient = dy[start + j], normalized = (x[start + j] - mu) * r;
                throughMean += gradient * gamma[j];
                throughVariance += gradient * gamma[j] * normalized;
                BetaGradient[j] += gradient;
                GammaGradient[j] += gradient * normalized;
            }
            float a = (float)(throughMean / k), b = (float)(throughVariance / k) * r;
            for (var j = 0; j < k; j++)
                dx[start + j] = r * (dy[start + j] * gamma[j] - a - (x[start + j] - mu) * b);
        }
    }
}
