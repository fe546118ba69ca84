using MathNet.Numerics.Distributions;

namespace BnNotebooks.Experiments;

/// <summary>Images in trouble: what test data may look like when it differs from the training data.</summary>
public static class ImageChanges
{
    /// <summary>Less light: every pixel times a factor.</summary>
    /// <param name="samples">Images from 0 to 1.</param>
    /// <param name="light">The share of the light that is left.</param>
    public static Samples Darker(Samples samples, double light) => Checked(samples).Change((pixel, _) => (float)(light * pixel));

    /// <summary>Fog: every pixel mixed with white.</summary>
    /// <param name="samples">Images from 0 to 1.</param>
    /// <param name="fog">The share of white.</param>
    public static Samples Foggy(Samples samples, double fog) => Checked(samples).Change((pixel, _) => (float)((1 - fog) * pixel + fog));

    /// <summary>Noise, drawn for each pixel alone; the same for the same samples each time.</summary>
    /// <param name="samples">Images from 0 to 1.</param>
    /// <param name="deviation">The standard deviation of the noise.</param>
    public static Samples Noisy(Samples samples, double deviation)
    {
        var random = new Random(1);
        return Checked(samples).Change((pixel, _) => pixel + (float)Normal.Sample(random, 0, deviation));
    }

    static Samples Checked(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples;
    }
}
