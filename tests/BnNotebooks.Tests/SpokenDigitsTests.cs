using System.Numerics.Tensors;
using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public sealed class SpokenDigitsTests
{
    [Fact]
    public void Each_voice_speaks_each_digit_three_times()
    {
        var (train, test) = SpokenDigits.Load();

        Assert.Equal([540, 20, 32], train.LogMel.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal([180, 20, 32], test.LogMel.Lengths.ToArray().Select(length => (int)length));
        foreach (var (part, voices) in new[] { (train, 18), (test, 6) })
        {
            var clips = part.Labels.Zip(part.Voices).CountBy(clip => clip).ToArray();
            Assert.Equal(voices * 10, clips.Length);
            Assert.All(clips, clip => Assert.Equal(3, clip.Value));
        }
    }

    [Fact]
    public void The_voices_of_the_test_are_not_heard_in_training()
    {
        var (train, test) = SpokenDigits.Load();

        // After the accent comes the speaker; no speaker has two accents.
        Assert.Empty(train.Voices.Select(Speaker).Intersect(test.Voices.Select(Speaker)));
        Assert.Equal(24, train.Voices.Concat(test.Voices).Distinct().Count());
        Assert.Equal(24, train.Voices.Concat(test.Voices).Select(Speaker).Distinct().Count());

        static string Speaker(string voice) => voice.Split('+')[1];
    }

    [Fact]
    public void Energies_lie_between_minus_80_and_0_dB()
    {
        var (train, test) = SpokenDigits.Load();

        foreach (var part in new[] { train, test })
        {
            Assert.InRange(Tensor.Min<float>(part.LogMel), -80, -70); // quiet clips have little noise
            Assert.InRange(Tensor.Max<float>(part.LogMel), -15, 0); // loud ones come near to full scale
        }
    }

    [Fact]
    public void The_s_of_six_is_high_and_its_vowel_is_low()
    {
        var (train, _) = SpokenDigits.Load();
        var clips = Enumerable.Range(0, train.Labels.Length).Where(clip => train.Labels[clip] == 6).ToArray();

        // In noise alone, all frames are alike. In "six", the frames where the top five bands (from 3.7 kHz) are loudest
        // are not those where the lowest five (up to 880 Hz) are.
        Assert.Equal(54, clips.Length);
        var apart = clips.Count(clip => Math.Abs(Loudest(clip, 15) - Loudest(clip, 0)) >= 2);
        Assert.True(apart >= 50, $"only in {apart} of 54");

        int Loudest(int clip, int firstBand) => Enumerable.Range(0, 32).MaxBy(frame =>
            Enumerable.Range(firstBand, 5).Sum(band => train.LogMel[clip, band, frame]));
    }
}
