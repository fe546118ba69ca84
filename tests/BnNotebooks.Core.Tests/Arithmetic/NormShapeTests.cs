namespace BnNotebooks.Core.Tests.Arithmetic;

public class NormShapeTests
{
    [Theory, InlineData("batch", 3), InlineData("group", 2 * 3), InlineData("last", 2 * 6)]
    public void Every_value_is_in_the_set_of_its_sample_and_channel_and_in_no_other(string kind, int sets)
    {
        var shape = kind switch
        {
            "batch" => NormShape.Batch([2, 3, 4, 5]),
            "group" => NormShape.Group([2, 6, 5], groups: 3),
            _ => NormShape.Last([2, 6, 5, 4], dimensions: 2),
        };
        (int Set, int Place, int Channel)[] values =
            [.. Enumerable.Range(0, sets).SelectMany(set => shape.Values(set).Select(value => (set, value.Place, value.Channel)))];

        Assert.Equal((sets, shape.Length), (shape.Sets, values.Length));
        Assert.Equal(Enumerable.Range(0, shape.Length), values.Select(value => value.Place).Order());
        Assert.All(values.CountBy(value => value.Set), set => Assert.Equal(shape.M, set.Value));
        Assert.All(values, value =>
        {
            var n = value.Place / (shape.C * shape.S);
            Assert.Equal(value.Set, shape.Set(n, value.Channel));
            Assert.InRange(value.Place, shape.Start(n, value.Channel), shape.Start(n, value.Channel) + shape.S - 1);
        });
    }
}
