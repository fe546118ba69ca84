using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class BentInputsTests
{
    public static TheoryData<string> Shapes => [.. BentInputs.Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bending_keeps_the_order_of_every_feature(string name)
    {
        var bent = BentInputs.Bend(Small.Line, BentInputs.Shapes.Single(shape => shape.Name == name).Quantile);

        for (var feature = 0; feature < 2; feature++)
        {
            int[] Order(Samples samples) => [.. Enumerable.Range(0, samples.Count).OrderBy(i => samples.Inputs[i, feature])];
            Assert.Equal(Order(Small.Line.Train), Order(bent.Train));
        }
    }

    [Theory]
    [InlineData("normal", 0, 1)]
    [InlineData("flat", 0, 1)]
    [InlineData("skewed", 0, 1)]
    [InlineData("two humps", 0, 1.04)]
    public void A_bent_feature_has_the_moments_of_its_shape(string name, double mean, double variance)
    {
        var bent = BentInputs.Bend(Small.Line, BentInputs.Shapes.Single(shape => shape.Name == name).Quantile);
        double[] values = [.. Enumerable.Range(0, bent.Train.Count).Select(i => (double)bent.Train.Inputs[i, 0])];

        Assert.Equal(mean, values.Average(), 0.1); // 64 values lack the farthest tails
        Assert.Equal(variance, values.Average(value => value * value), 0.3);
    }
}
