using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Tests.Explorables;

public class BackwardGraphTests
{
    static readonly double[] Targets = [0, 1, 4, 3];

    // μ, σ², ℓ, ∂ℓ/∂γ, ∂ℓ/∂β, ∂ℓ/∂σ², ∂ℓ/∂μ as notebook 05b prints them, to four decimals.
    [Fact]
    public void The_numbers_are_those_of_the_notebook()
    {
        var found = BackwardGraph.Follow([1, 7, 7, 9], Targets, gamma: 3, beta: 1);

        double[] first = [6, 9, 11, 7.3333, -4, -1.2222, 4];
        double[] dx = [0.0556, 1.3889, -1.6111, 0.1667];
        Assert.All(first.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.All(dx.Zip(found[^4..]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(1.0, 7.0, 7.0, 9.0)]
    [InlineData(-4.0, 7.0, 7.0, 9.0)]
    [InlineData(7.0, 7.0, 7.0, 7.1)]
    public void The_three_ways_add_up_to_the_gradient_of_the_librarys_layer(params double[] x)
    {
        var found = BackwardGraph.Follow(x, Targets, gamma: 3, beta: 1);
        double Of(int row, int sample) => found[7 + 4 * row + sample];

        for (var i = 0; i < 4; i++)
            Assert.Equal(Of(7, i), Of(4, i) + Of(5, i) + Of(6, i), 1e-7 * (1 + Math.Abs(Of(4, i)))); // the ways can be large and cancel
    }
}
