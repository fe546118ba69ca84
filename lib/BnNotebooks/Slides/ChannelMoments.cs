using System.Numerics.Tensors;

namespace BnNotebooks.Slides;

/// <summary>Mean and standard deviation of every channel of a tensor: what a normalization is supposed to set to 0 and 1.</summary>
/// <param name="Mean">One mean a channel, in the unit of the data.</param>
/// <param name="StandardDeviation">One (biased) standard deviation a channel, in the unit of the data.</param>
public sealed record ChannelMoments(double[] Mean, double[] StandardDeviation)
{
    /// <summary>Computes both in double precision and two passes, so that they can judge single-precision results.</summary>
    /// <param name="tensor">A tensor (N, C, …): channels in the second dimension.</param>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions, or no elements.</exception>
    public static ChannelMoments Of(Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank < 2 || tensor.FlattenedLength == 0)
            throw new ArgumentException($"Expected a non-empty tensor (N, C, …); got [{string.Join(", ", tensor.Lengths.ToArray())}].", nameof(tensor));

        var values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        int samples = (int)tensor.Lengths[0], channels = (int)tensor.Lengths[1];
        var inner = values.Length / (samples * channels);
        double[] mean = new double[channels], deviation = new double[channels];
        for (var c = 0; c < channels; c++)
        {
            double sum = 0, squares = 0;
            for (var n = 0; n < samples; n++)
                foreach (var x in values.AsSpan((n * channels + c) * inner, inner))
                    sum += x;
            mean[c] = sum / (samples * inner); // μ = Σx / m
            for (var n = 0; n < samples; n++)
                foreach (var x in values.AsSpan((n * channels + c) * inner, inner))
                    squares += (x - mean[c]) * (x - mean[c]);
            deviation[c] = Math.Sqrt(squares / (samples * inner)); // σ = √(Σ(x−μ)² / m)
        }
        return new ChannelMoments(mean, deviation);
    }
}
