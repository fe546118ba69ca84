using System.Globalization;
using BnNotebooks.Clinic;
using TorchSharp;

namespace BnNotebooks.Tests.Clinic;

/// <summary>The cases of training schemes, of deployment and of TorchSharp alone, and how outcomes are shown.</summary>
public class UseCasesTests
{
    static torch.Tensor ByBatch(torch.Tensor x) => torch.nn.functional.batch_norm(x, null, null, training: true);

    [Fact]
    public void Weight_decay_draws_gamma_down() => Mended.FromBelow(SchemeCases.Gamma(decayNorms: true), 0.85, SchemeCases.Gamma(decayNorms: false), 0.9);

    [Fact]
    public void Dropout_before_batch_norm_makes_evaluation_too_narrow() => // √(1 − ½) = 0.71
        Mended.FromBelow(SchemeCases.SpreadInEvaluation((dropout, norm) => [dropout, norm]), 0.8,
            SchemeCases.SpreadInEvaluation((dropout, norm) => [norm, dropout]), 0.93);

    [Fact]
    public void With_batch_norm_a_samples_gradient_goes_to_others() =>
        Mended.FromAbove(SchemeCases.GradientToOthers(ByBatch), 0.1, SchemeCases.GradientToOthers(x => torch.nn.functional.group_norm(x, num_groups: 2)), 0);

    [Fact]
    public void A_runtime_computes_what_evaluation_mode_does() =>
        Mended.FromAbove(DeploymentCases.AwayFromRuntime(_ => { }), 0.05, DeploymentCases.AwayFromRuntime(norm => norm.eval()), 1e-5);

    [Fact]
    public void A_folded_layer_needs_a_scale_for_each_output()
    {
        static float Largest(float[] weights) => weights.Max(Math.Abs);

        Mended.FromAbove(DeploymentCases.ErrorOfEightBits(outputs => [.. outputs.Select(_ => outputs.Max(Largest))]), 0.2,
            DeploymentCases.ErrorOfEightBits(outputs => [.. outputs.Select(Largest)]), 0.02);
    }

    [Fact]
    public void A_new_group_norm_is_not_initialized() =>
        Mended.FromBelow(TorchSharpCases.WeightsOfOne(_ => { }), 63, TorchSharpCases.WeightsOfOne(norm => torch.nn.init.ones_(norm.weight)), 64);

    [Fact]
    public void Var_heeds_its_argument_only_with_dimensions()
    {
        Assert.Equal(5 / 3.0, TorchSharpCases.OfFourNumbers(x => x.var(false)).Values[0], 1e-6);
        Assert.Equal(1.25, TorchSharpCases.OfFourNumbers(x => x.var([0], unbiased: false)).Values[0], 1e-6);
    }

    [Fact]
    public void A_number_that_nobody_holds_is_freed()
    {
        Assert.Equal("no, it was freed", TorchSharpCases.NumberSurvives(held: false).Words);
        Assert.Equal("yes", TorchSharpCases.NumberSurvives(held: true).Words);
    }

    [Theory]
    [InlineData(0.12345, "0.123")]
    [InlineData(0, "0")]
    [InlineData(64, "64")]
    [InlineData(1.2345e-7, "1.2e-7")]
    [InlineData(double.NaN, "NaN")]
    public void An_outcome_has_three_digits(double value, string shown) => Assert.Equal(shown, ((Outcome)value).ToString());

    [Fact]
    public void An_outcome_of_several_seeds_says_how_far_they_go_and_the_table_how_many_they_are()
    {
        var before = Outcome.OfSeeds(3, seed => seed / 2.0);

        Assert.Equal("1 (0.5 to 1.5)", before.ToString());
        Assert.Equal("3 seeds: mean (lowest to highest)", Case.Show("half the seed", before, 0).Caption);
        Assert.Contains("no chance", Case.Show("one number", 1, 2).Caption, StringComparison.Ordinal);
        Assert.Equal("refuses: no", Outcome.Of(() => throw new InvalidOperationException("no\nstack")).ToString());
        Assert.Equal("1.5", string.Create(CultureInfo.InvariantCulture, $"{(Outcome)1.5}"));
    }
}
