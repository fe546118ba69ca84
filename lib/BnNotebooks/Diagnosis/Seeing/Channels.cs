namespace BnNotebooks.Diagnosis;

/// <summary>The channels of one tensor: their means and variances, and how much the samples differ in them.</summary>
/// <param name="Samples">N.</param>
/// <param name="Positions">How many values a sample has in a channel: 1 in a perceptron, H·W in an image.</param>
/// <param name="Mean">The mean of each channel.</param>
/// <param name="Variance">The biased variance of each channel, over samples and positions.</param>
/// <param name="MeanSpread">The variance, between samples, of a sample's mean.</param>
/// <param name="SquareSpread">The variance, between samples, of a sample's mean squared distance from <paramref name="Mean"/>.</param>
/// <param name="Largest">The largest magnitude of each channel.</param>
sealed record Channels(int Samples, int Positions, double[] Mean, double[] Variance, double[] MeanSpread, double[] SquareSpread, double[] Largest)
{
    /// <summary>How many values one channel has.</summary>
    public int Values => Samples * Positions;

    /// <summary>For each class the number of samples and their mean in each channel, or null without labels.</summary>
    public IReadOnlyDictionary<long, (int Samples, double[] Mean)>? Classes { get; init; }

    /// <summary>Whether all values are numbers.</summary>
    public bool Finite => Array.TrueForAll(Mean, double.IsFinite) && Array.TrueForAll(Variance, double.IsFinite);

    /// <summary>Measures a tensor (samples, channels, positions) in row-major order; with labels, each class too.</summary>
    public static Channels Of(double[] x, Extent extent, long[]? labels = null)
    {
        var (samples, channels, positions) = extent;
        double[] New() => new double[channels];
        var result = new Channels(samples, positions, New(), New(), New(), New(), New());
        var classes = labels is { Length: var count } && count == samples ? labels.Distinct().ToDictionary(label => label, _ => New()) : null;
        var means = new double[samples];
        for (var c = 0; c < channels; c++)
        {
            for (var n = 0; n < samples; n++)
            {
                double sum = 0, largest = result.Largest[c];
                foreach (var value in x.AsSpan((n * channels + c) * positions, positions))
                {
                    sum += value;
                    largest = Math.Max(largest, Math.Abs(value));
                }
                result.Largest[c] = largest;
                means[n] = sum / positions;
                result.Mean[c] += means[n] / samples;
                if (classes is not null)
                    classes[labels![n]][c] += means[n];
            }
            double square = 0, spread = 0, fourth = 0;
            for (var n = 0; n < samples; n++)
            {
                double own = 0;
                foreach (var value in x.AsSpan((n * channels + c) * positions, positions))
                    own += (value - result.Mean[c]) * (value - result.Mean[c]) / positions;
                square += own / samples;
                fourth += own * own / samples;
                spread += (means[n] - result.Mean[c]) * (means[n] - result.Mean[c]) / samples;
            }
            result.Variance[c] = square;
            result.MeanSpread[c] = spread;
            result.SquareSpread[c] = Math.Max(0, fourth - square * square);
        }
        return classes is null ? result : result with { Classes = classes.ToDictionary(entry => entry.Key, entry => Averaged(entry.Value, labels!.Count(label => label == entry.Key))) };
    }

    static (int, double[]) Averaged(double[] sums, int count) => (count, [.. sums.Select(sum => sum / count)]);
}

/// <summary>A tensor seen as samples, channels, and positions within a channel.</summary>
readonly record struct Extent(int Samples, int Channels, int Positions);
