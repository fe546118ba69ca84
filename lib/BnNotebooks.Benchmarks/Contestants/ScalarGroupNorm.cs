namespace BnNotebooks.Benchmarks;

/// <summary>Group norm in plain loops; with as many groups as channels, and nothing learned, it is instance norm.</summary>
internal sealed class ScalarGroupNorm(Workload workload, Inputs inputs, int groups) : IScalarNorm
{
    readonly int channels = workload.Channels / groups, s = workload.Positions;
    readonly float[] mean = new float[workload.Samples * groups], inverse = new float[workload.Samples * groups];

    public float[] GammaGradient { get; } = new float[inputs.Gamma.Length];

    public float[] BetaGradient { get; } = new float[inputs.Beta.Length];

    public void Forward(float[] x, float[] y)
    {
        var k = channels * s;
        for (var group = 0; group < mean.Length; group++)
        {
            int start = group * k, end = start + k;
            var (sum, squares) = (0.0, 0.0);
            for (var i = start; i < end; i++)
                sum += x[i];
            var mu = (float)(sum / k);
            for (var i = start; i < end; i++)
                squares += (x[i] - mu) * (x[i] - mu);
            mean[group] = mu;
            inverse[group] = (float)(1 / Math.Sqrt(squares / k + IScalarNorm.Eps));

            for (int block = 0, i = start; block < channels; block++)
            {
                var scale = Gamma(group, block) * inverse[group];
                var shift = Beta(group, block) - mu * scale;
                for (var stop = i + s; i < stop; i++)
                    y[i] = x[i] * scale + shift;
            }
        }
    }

    public void Backward(float[] x, float[] dy, float[] dx)
    {
        var k = channels * s;
        Array.Clear(GammaGradient);
        Array.Clear(BetaGradient);
        for (var group = 0; group < mean.Length; group++)
        {
            var start = group * k;
            float mu = mean[group], r = inverse[group];
            var (throughMean, throughVariance) = (0.0, 0.0);
            for (int block = 0, i = start; block < channels; block++)
            {
                var (sum, product) = (0.0, 0.0);
                for (var stop = i + s; i < stop; i++)
                {
                    sum += dy[i];
                    product += dy[i] * (x[i] - mu) * r;
                }
                throughMean += Gamma(group, block) * sum;
                throughVariance += Gamma(group, block) * product;
                if (GammaGradient.Length > 0)
                {
                    GammaGradient[Channel(group, block)] += (float)product;
                    BetaGradient[Channel(group, block)] += (float)sum;
                }
            }
            float a = (float)(throughMean / k), b = (float)(throughVariance / k) * r;
            for (int block = 0, i = start; block < channels; block++)
            {
                var g = Gamma(group, block);
                for (var stop = i + s; i < stop; i++)
                    dx[i] = r * (g * dy[i] - a - (x[i] - mu) * b);
            }
        }
    }

    int Channel(int group, int block) => group % groups * channels + block;

    float Gamma(int group, int block) => inputs.Gamma.Length == 0 ? 1 : inputs.Gamma[Channel(group, block)];

    float Beta(int group, int block) => inputs.Beta.Length == 0 ? 0 : inputs.Beta[Channel(group, block)];
}
