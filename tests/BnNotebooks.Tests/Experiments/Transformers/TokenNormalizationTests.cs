using BnNotebooks.Core;
using BnNotebooks.Experiments.Transformers;
using BnNotebooks.Slides;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments.Transformers;

public class TokenNormalizationTests
{
    const double Tolerance = 2e-6; // rounding of 32-bit sums over 16 channels

    [Fact]
    public void Layer_norm_RMS_norm_and_DyT_are_those_of_the_library()
    {
        var x = SlideExamples.Normal(1, 3, 5, 16);
        Assert.InRange(Comparison.Run("layer", x, input => new LayerNorm(16).Forward(input), y => Of(TokenNorm.Layer).Forward(y, NormMode.Batch)).LargestDifference, 0, Tolerance);
        Assert.InRange(Comparison.Run("DyT", x, input => new DyT(16, alpha: 0.5).Forward(input), y => Of(TokenNorm.DyT).Forward(y, NormMode.Batch)).LargestDifference, 0, Tolerance);
        Assert.InRange(Comparison.Run("RMS", x, input => new RmsNorm(16, eps: 1e-5).Forward(input), y => Of(TokenNorm.Rms).Forward(y, NormMode.Batch)).LargestDifference, 0, Tolerance);
    }

    [Fact]
    public void RMS_norm_is_layer_norm_where_the_mean_is_0()
    {
        using var x = SlideExamples.Normal(2, 2, 3, 16).ToTorch();
        using var centred = x - x.mean([-1], keepdim: true);
        Assert.InRange(Apart(Of(TokenNorm.Rms).Forward(centred, NormMode.Batch), Of(TokenNorm.Layer).Forward(centred, NormMode.Batch)), 0, Tolerance);
        Assert.True(Apart(Of(TokenNorm.Rms).Forward(x + 1, NormMode.Batch), Of(TokenNorm.Layer).Forward(x + 1, NormMode.Batch)) > 0.1);
    }

    [Fact]
    public void DyT_squashes_and_its_control_does_not()
    {
        using var x = SlideExamples.Normal(3, 2, 3, 16).ToTorch();
        Assert.InRange(Apart(Of(TokenNorm.DyT).Forward(x, NormMode.Batch), (0.5 * x).tanh()), 0, Tolerance);
        Assert.InRange(Apart(Of(TokenNorm.Scale).Forward(x, NormMode.Batch), 0.5 * x), 0, Tolerance);
        // For small inputs tanh is a line, up to x³/3.
        Assert.InRange(Apart(Of(TokenNorm.DyT).Forward(0.01 * x, NormMode.Batch), Of(TokenNorm.Scale).Forward(0.01 * x, NormMode.Batch)), 0, 1e-5);
    }

    [Fact]
    public void Batch_norm_normalizes_each_channel_over_all_tokens_of_all_sequences()
    {
        using var x = (SlideExamples.Normal(4, 4, 8, 16).ToTorch() * 3) + 5;
        using var y = Of(TokenNorm.Batch).Forward(x, NormMode.Batch);
        Assert.InRange(y.mean([0, 1]).abs().max().item<float>(), 0, 1e-5f);
        Assert.InRange(y.var([0, 1], false).sub(1).abs().max().item<float>(), 0, 1e-4f); // ε
    }

    [Theory]
    [InlineData(nameof(NormMode.Batch), 0.5f)] // a tenth of 5
    [InlineData(nameof(NormMode.BatchUnrecorded), 0f)]
    [InlineData(nameof(NormMode.Running), 0f)]
    public void The_running_statistics_move_as_the_mode_says(string mode, float mean)
    {
        using var x = torch.full([2, 4, 16], 5f) + torch.eye(4, 16);
        var norm = Of(TokenNorm.Batch);
        norm.Forward(x, Enum.Parse<NormMode>(mode)).Dispose();
        Assert.Equal(mean, norm.Running!.Value.Mean[15].item<float>(), 5);
    }

    static TokenNormalization Of(TokenNorm kind) => new(kind, 16, alpha: 0.5, start => torch.nn.Parameter(start));

    static float Apart(torch.Tensor a, torch.Tensor b) => (a - b).abs().max().item<float>();
}
