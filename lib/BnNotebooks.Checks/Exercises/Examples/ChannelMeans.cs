using Function = System.Func<double[], int, int, int, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the mean of each channel of a block (N, C, S) that is held flat in row-major order: (x, N, C, S) to (C), S the positions.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ChannelMeans(Function answer) => ChannelMeansExercise.Exercise.Check(answer);
}

static class ChannelMeansExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ChannelMeans",
        Title = "The mean of each channel",
        Solution = ChannelMeans,
        Trials = [Trial(801, 3, 2, 5), Trial(802, 2, 4, 3)],
        Mistakes = Slips.Of<Function>(
            [ChannelsLast, ChannelsFirst, FirstImage, PerImage, Sum, OverPositions, OverImages, OverAll],
            has => (x, n, c, s) => Wrong(x, n, c, s, has)),
        Hints =
        [
            "Walk over n, c and s, and add each number to the sum of its channel.",
            "The number of image n, channel c and position s lies at (n·C + c)·S + s.",
            "N·S numbers share a channel: divide by that.",
        ],
    };

    static Trial<Function> Trial(int seed, int images, int channels, int positions)
    {
        double[] x = [.. Numbers.Block(seed, images, channels, positions, 1).Cast<double>()];
        return new($"{images} images, {channels} channels, {positions} positions", (f, given) => [Part.Of("mean", f(given.Copy("x", x), images, channels, positions))])
        {
            Factors = [("N", images), ("C", channels), ("S", positions)],
        };
    }

    // solution of ChannelMeans
    static double[] ChannelMeans(double[] x, int N, int C, int S)
    {
        var mean = new double[C];
        for (var n = 0; n < N; n++)
            for (var c = 0; c < C; c++)
                for (var s = 0; s < S; s++)
                    mean[c] += x[(n * C + c) * S + s] / (N * S);
        return mean;
    }
    // end

    const string
        ChannelsLast = "You read the block as (N, S, C), with the channels last; the number of n, c, s lies at (n·C + c)·S + s.",
        ChannelsFirst = "You took a channel for one piece of memory, N·S numbers in a row; it lies in N pieces, one in each image.",
        FirstImage = "You looked at the first image only; a channel's mean is over all images.",
        PerImage = "You took the means of the images, not of the channels.",
        Sum = "That is the sum; a mean is divided by N·S.",
        OverPositions = "You divided by S, the positions of one image; N·S numbers share a channel.",
        OverImages = "You divided by N, the images; N·S numbers share a channel.",
        OverAll = "You divided by all numbers of the block; N·S of them belong to a channel.";

    static double[] Wrong(double[] x, int images, int channels, int positions, Func<string, bool> has)
    {
        if (has(PerImage))
            return [.. Enumerable.Range(0, images).Select(n => x.Skip(n * channels * positions).Take(channels * positions).Average())];
        var mean = new double[channels];
        for (var n = 0; n < (has(FirstImage) ? 1 : images); n++)
            for (var c = 0; c < channels; c++)
                for (var s = 0; s < positions; s++)
                    mean[c] += x[has(ChannelsLast) ? (n * positions + s) * channels + c
                        : has(ChannelsFirst) ? (c * images + n) * positions + s
                        : (n * channels + c) * positions + s];
        double count = has(Sum) ? 1 : has(OverPositions) ? positions : has(OverImages) ? images : has(OverAll) ? x.Length : has(FirstImage) ? positions : images * positions;
        return [.. mean.Select(sum => sum / count)];
    }
}
