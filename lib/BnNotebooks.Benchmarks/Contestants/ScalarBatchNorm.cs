namespace BnNotebooks.Benchmarks;

/// <summary>Batch norm in plain loops, running statistics included. It walks the memory in its order.</summary>
internal sealed class ScalarBatchNorm(Workload workload, Inputs inputs) : IScalarNorm
{
    const float Momentum = 0.1f;

    readonly int n = workload.Samples, c = workload.Channels, s = workload.Positions;
    readonly float[] gamma = inputs.Gamma, beta = inputs.Beta;
    readonly double[] mean = new double[workload.Channels], sums = new double[workload.Channels], products = new double[workload.Channels];
    readonly float[] inverse = new float[workload.Channels];

    public float[] RunningMean { get; } = new float[workload.Channels];

    public float[] RunningVar { get; } = [.. Enumerable.Repeat(1f, workload.Channels)];

    public float[] GammaGradient { get; } = new float[workload.Channels];

    public float[] BetaGradient { get; } = new float[workload.Channels];

    public void Forward(float[] x, float[] y)
    {
        if (workload.Training)
            Measure(x);
        for (var channel = 0; channel < c; channel++)
        {
            if (!workload.Training)
                mean[channel] = RunningMean[channel];
            var variance = workload.Training ? sums[channel] : RunningVar[channel];
            inverse[channel] = (float)(1 / Math.Sqrt(variance + IScalarNorm.Eps));
        }

        var i = 0;
        for (var sample = 0; sample < n; sample++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                float scale = gamma[channel] * inverse[channel], shift = beta[channel] - (float)mean[channel] * scale;
                for (var end = i + s; i < end; i++)
                    y[i] = x[i] * scale + shift;
            }
        }
    }

    public void Backward(float[] x, float[] dy, float[] dx)
    {
        Array.Clear(sums);
        Array.Clear(products);
        var i = 0;
        for (var sample = 0; sample < n; sample++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                var (mu, sum, product) = ((float)mean[channel], 0.0, 0.0);
                for (var end = i + s; i < end; i++)
                {
                    sum += dy[i];
                    product += dy[i] * (x[i] - mu);
                }
                sums[channel] += sum;
                products[channel] += product;
            }
        }

        for (var channel = 0; channel < c; channel++)
        {
            BetaGradient[channel] = (float)sums[channel];
            GammaGradient[channel] = (float)(products[channel] * inverse[channel]);
        }

        float m = n * s;
        i = 0;
        for (var sample = 0; sample < n; sample++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                float mu = (float)mean[channel], scale = gamma[channel] * inverse[channel];
                float throughMean = BetaGradient[channel] / m, throughVariance = GammaGradient[channel] / m * inverse[channel];
                for (var end = i + s; i < end; i++)
                    dx[i] = scale * (dy[i] - throughMean - (x[i] - mu) * throughVariance);
            }
        }
    }

    /// <summary>The batch's mean, and its biased variance in <see cref="sums"/>; moves the running ones.</summary>
    void Measure(float[] x)
    {
        double m = n * s;
        Array.Clear(mean);
        Array.Clear(sums);
        var i = 0;
        for (var sample = 0; sample < n; sample++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                var sum = 0.0;
                for (var end = i + s; i < end; i++)
                    sum += x[i];
                mean[channel] += sum;
            }
        }
        for (var channel = 0; channel < c; channel++)
            mean[channel] /= m;
        i = 0;
        for (var sample = 0; sample < n; sample++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                var (mu, squares) = ((float)mean[channel], 0.0);
                for (var end = i + s; i < end; i++)
                    squares += (x[i] - mu) * (x[i] - mu);
                sums[channel] += squares;
            }
        }
        for (var channel = 0; channel < c; channel++)
        {
            sums[channel] /= m;
            RunningMean[channel] += Momentum * ((float)mean[channel] - RunningMean[channel]);
            RunningVar[channel] += Momentum * ((float)(sums[channel] * m / (m - 1)) - RunningVar[channel]);
        }
    }
}
