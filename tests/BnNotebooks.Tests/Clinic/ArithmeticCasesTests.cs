using BnNotebooks.Clinic;
using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Tests.Clinic;

/// <summary>The cases of porting and of numbers, without chance but for the inputs.</summary>
public class ArithmeticCasesTests
{
    [Fact]
    public void Another_eps_is_another_network() =>
        Mended.FromAbove(PortingCases.AwayFromKeras(() => torch.nn.BatchNorm1d(6)), 1, PortingCases.AwayFromKeras(() => torch.nn.BatchNorm1d(6, eps: 1e-3)), 0);

    [Fact]
    public void A_state_without_the_counter_loads_only_if_it_need_not_be_complete()
    {
        static void Load(BatchNorm norm, Dictionary<string, torch.Tensor> state, bool strict) => norm.load_state_dict(state, strict);

        Assert.StartsWith("refuses", PortingCases.LoadOldState((norm, old) => Load(norm, old, strict: true)).Words);
        Assert.Equal("works", PortingCases.LoadOldState((norm, old) => Load(norm, old, strict: false)).Words);
    }

    [Fact]
    public void Groups_of_one_value_leave_nothing() =>
        Mended.FromBelow(PortingCases.SpreadOfOutputs(x => torch.nn.functional.group_norm(x, num_groups: 8)), 1e-5,
            PortingCases.SpreadOfOutputs(x => torch.nn.functional.group_norm(x, num_groups: 2)), 0.9);

    [Fact]
    public void One_pass_loses_a_small_variance_around_a_large_mean()
    {
        static torch.Tensor OnePass(torch.Tensor x) => (x * x).mean() - x.mean() * x.mean();
        static torch.Tensor TwoPasses(torch.Tensor x) => ((x - x.mean()) * (x - x.mean())).mean();

        Assert.NotInRange(NumberCases.Variance(OnePass, 10_000, 0.25f).Values[0], 0.03, 0.1);
        Assert.Equal(0.0625, NumberCases.Variance(TwoPasses, 10_000, 0.25f).Values[0], 1e-6);
    }

    [Fact]
    public void The_variance_of_ordinary_numbers_does_not_fit_into_half_precision()
    {
        static torch.Tensor Variance(torch.Tensor x) => ((x - x.mean()) * (x - x.mean())).mean();

        Assert.Equal(double.PositiveInfinity, NumberCases.Variance(x => Variance(x.to_type(torch.float16)), 8, 300).Values[0]);
        Assert.Equal(90_000, NumberCases.Variance(x => Variance(x.to_type(torch.float16).to_type(torch.float32)), 8, 300).Values[0], 1);
    }

    [Fact]
    public void A_channel_that_never_varied_explodes_when_it_wakes() => // 0.1/√0.00001 = 32 and 0.1/√0.01 = 1
        Mended.FromAbove(NumberCases.OutputOfAWokenChannel(() => torch.nn.BatchNorm1d(1)), 30,
            NumberCases.OutputOfAWokenChannel(() => torch.nn.BatchNorm1d(1, eps: 0.01)), 1.01);
}
