using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

public class ValleyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.98)]
    [InlineData(36.1)]
    [InlineData(100)]
    public void At_the_best_rate_each_step_leaves_the_same_share_so_the_steps_can_be_computed(double kappa)
    {
        var way = Valley.Descend(kappa, 2 / (1 + 1 / kappa), 45);

        var share = Math.Pow((kappa - 1) / (kappa + 1), 2); // of the loss, along both axes
        Assert.Equal(kappa == 1 ? 1 : Math.Ceiling(Math.Log(1e-3) / Math.Log(share) - 1e-9), way[0]);
        Assert.Equal(way[0] + 1, (way.Length - 1) / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(90)]
    public void The_way_starts_on_the_rim(double angle)
    {
        var way = Valley.Descend(kappa: 16, rate: 1, angle);

        Assert.Equal(1, way[1] * way[1] + 16 * way[2] * way[2], 1e-12); // roundings
    }

    [Fact]
    public void Above_twice_the_inverse_of_the_steep_curvature_it_climbs_out() => Assert.Equal(-1, Valley.Descend(36, 2.1, 45)[0]);

    [Fact]
    public void A_way_that_does_not_arrive_is_cut()
    {
        var way = Valley.Descend(100, 0.01, 0);

        Assert.Equal(Valley.MostSteps, way[0]);
        Assert.Equal(Valley.MostPoints, (way.Length - 1) / 2);
    }
}
