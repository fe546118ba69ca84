using System.Diagnostics;
using System.Numerics.Tensors;
using TorchSharp;

namespace BnNotebooks.Slides;

/// <summary>One normalization computed by hand in C# and by libtorch, on the same numbers.</summary>
/// <param name="Name">What was computed.</param>
/// <param name="Input">The data before, (N, C, …).</param>
/// <param name="ByHand">The result of the hand-written C#.</param>
/// <param name="ByTorch">The result of libtorch, through TorchSharp.</param>
/// <param name="HandMilliseconds">Median time of one call by hand, in ms.</param>
/// <param name="TorchMilliseconds">Median time of one call of libtorch, in ms.</param>
public sealed record Comparison(
    string Name,
    Tensor<float> Input,
    Tensor<float> ByHand,
    Tensor<float> ByTorch,
    double HandMilliseconds,
    double TorchMilliseconds)
{
    const int TimedCalls = 5;

    /// <summary>max |by hand − by libtorch| over all elements.</summary>
    public double LargestDifference { get; } = Differences(ByHand, ByTorch).Largest;

    /// <summary>mean |by hand − by libtorch| over all elements.</summary>
    public double MeanDifference { get; } = Differences(ByHand, ByTorch).Mean;

    /// <summary>Mean and standard deviation of each channel of the input.</summary>
    public ChannelMoments Before { get; } = ChannelMoments.Of(Input);

    /// <summary>The same of the result by hand.</summary>
    public ChannelMoments AfterByHand { get; } = ChannelMoments.Of(ByHand);

    /// <summary>The same of libtorch's result.</summary>
    public ChannelMoments AfterByTorch { get; } = ChannelMoments.Of(ByTorch);

    /// <summary>
    /// Runs both sides on the same input. The first call of each gives the result; five more are timed and their median
    /// reported, so that neither pays for just-in-time compilation. Serious timing is the benchmarks' business.
    /// </summary>
    /// <param name="name">What is compared, for tables and titles.</param>
    /// <param name="input">The data, (N, C, …).</param>
    /// <param name="byHand">The C# implementation.</param>
    /// <param name="byTorch">The same in TorchSharp.</param>
    /// <exception cref="InvalidOperationException">The two results differ in shape.</exception>
    public static Comparison Run(
        string name, Tensor<float> input, Func<Tensor<float>, Tensor<float>> byHand, Func<torch.Tensor, torch.Tensor> byTorch)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(byHand);
        ArgumentNullException.ThrowIfNull(byTorch);

        using var torchInput = input.ToTorch();
        var hand = byHand(input);
        using var torchOutput = byTorch(torchInput);
        var torchResult = torchOutput.ToTensor();
        if (!hand.Lengths.SequenceEqual(torchResult.Lengths))
            throw new InvalidOperationException(
                $"{name}: by hand the result is [{string.Join(", ", hand.Lengths.ToArray())}], by libtorch [{string.Join(", ", torchResult.Lengths.ToArray())}].");

        return new Comparison(
            name, input, hand, torchResult, MedianMilliseconds(() => byHand(input)), MedianMilliseconds(() => byTorch(torchInput).Dispose()));
    }

    static double MedianMilliseconds(Action call)
    {
        var times = new double[TimedCalls];
        for (var i = 0; i < TimedCalls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[TimedCalls / 2];
    }

    static (double Largest, double Mean) Differences(Tensor<float> a, Tensor<float> b)
    {
        float[] left = new float[a.FlattenedLength], right = new float[b.FlattenedLength];
        a.FlattenTo(left);
        b.FlattenTo(right);
        double largest = 0, sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            // The same infinity or NaN on both sides is agreement, although their difference is NaN.
            var difference = left[i].Equals(right[i]) ? 0 : Math.Abs((double)left[i] - right[i]);
            largest = difference > largest || double.IsNaN(difference) ? difference : largest;
            sum += difference;
        }
        return (largest, sum / left.Length);
    }
}
