using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

public class CompanionsTests
{
    static double[] Outputs(int size, double value = 1) => Companions.Ask(value, size, mean: 0, deviation: 1, seed: 1)[..Companions.Times];

    [Fact]
    public void In_a_batch_of_two_nearly_every_output_is_one_or_minus_one()
    {
        double[] sizes = [.. Outputs(size: 2).Select(Math.Abs)];

        Assert.InRange(sizes.Max(), 0.99, 1);
        Assert.InRange(sizes.Count(size => size > 0.99), 380, 400); // ε takes a part of what is left where the two are within 0.05
    }

    [Fact]
    public void In_a_batch_of_four_no_output_is_beyond_the_root_of_three() =>
        Assert.All(Outputs(size: 4, value: 3), output => Assert.InRange(Math.Abs(output), 0, Math.Sqrt(3)));

    [Fact]
    public void The_larger_the_batch_the_less_the_company_matters()
    {
        double[] spreads = [.. new[] { 4, 16, 64 }.Select(size => Numbers.Moments(Outputs(size)).Deviation)];

        Assert.True(spreads[0] > spreads[1] && spreads[1] > spreads[2], string.Join(", ", spreads));
    }

    [Fact]
    public void The_first_output_is_that_of_the_batch_that_is_shown()
    {
        var found = Companions.Ask(value: 1, size: 8, mean: 1.5, deviation: 0.5, seed: 4);
        var batch = found[Companions.Times..];

        var (mean, deviation) = Numbers.Moments(batch);
        Assert.Equal(8, batch.Length);
        Assert.Equal(1, batch[0]);
        Assert.Equal((1 - mean) / Math.Sqrt(deviation * deviation + 1e-5), found[0], 1e-12); // roundings
    }
}
