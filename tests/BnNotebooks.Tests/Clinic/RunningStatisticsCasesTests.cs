using BnNotebooks.Clinic;
using TorchSharp;

namespace BnNotebooks.Tests.Clinic;

/// <summary>Each case of running statistics shows its symptom, and its cure takes it away.</summary>
public class RunningStatisticsCasesTests
{
    [Fact]
    public void Momentum_in_the_wrong_sense_makes_the_running_mean_tremble() // σ/√20 = 0.447, times √(m/(2 − m)): 0.40 and 0.10
    {
        Mended.FromAbove(RunningStatisticsCases.Tremor(() => torch.nn.BatchNorm1d(1, momentum: 0.9)), 0.3,
            RunningStatisticsCases.Tremor(() => torch.nn.BatchNorm1d(1, momentum: 0.1)), 0.15);
    }

    [Fact]
    public void With_momentum_0_the_running_mean_never_moves() =>
        Mended.FromBelow(RunningStatisticsCases.RunningMean(() => torch.nn.BatchNorm1d(1, momentum: 0)), 0,
            RunningStatisticsCases.RunningMean(() => torch.nn.BatchNorm1d(1, momentum: 0.1)), 4.5);

    [Fact]
    public void A_batch_of_one_makes_the_running_variance_NaN_for_ever()
    {
        int[] sizes = [.. Enumerable.Repeat(32, 20), 1, .. Enumerable.Repeat(32, 20)];

        Assert.All(RunningStatisticsCases.RunningVariance(sizes).Values, value => Assert.Equal(double.NaN, value));
        Assert.All(RunningStatisticsCases.RunningVariance(sizes.Where(size => size > 1)).Values, value => Assert.InRange(value, 3, 5));
    }

    [Fact]
    public void Frozen_weights_do_not_keep_a_network_from_forgetting_and_frozen_averages_do()
    {
        var drifted = RunningStatisticsCases.AccuracyAfterAnotherTask(net =>
        {
            foreach (var weights in net.Model.Parameters)
                weights.requires_grad = false;
        });
        var frozen = RunningStatisticsCases.AccuracyAfterAnotherTask(net =>
        {
            foreach (var norm in net.Norms)
                norm.eval();
        });

        Mended.FromBelow(drifted, 0.75, frozen, 0.85);
    }

    [Fact]
    public void Two_passes_move_the_averages_too_far_unless_the_momentum_is_made_for_two() =>
        Mended.FromAbove(RunningStatisticsCases.AwayFromOnePass(() => torch.nn.BatchNorm1d(1, momentum: 0.1), passes: 2), 0.1,
            RunningStatisticsCases.AwayFromOnePass(() => torch.nn.BatchNorm1d(1, momentum: 1 - Math.Sqrt(1 - 0.1)), passes: 2), 1e-5); // rounding of 20 updates

    [Fact]
    public void Averaged_weights_need_averages_of_their_own() =>
        Mended.FromBelow(RunningStatisticsCases.AccuracyOfAveragedWeights(net => { }), 0.8,
            RunningStatisticsCases.AccuracyOfAveragedWeights(EvaluationCasesTests.TakeAnew), 0.85);
}
