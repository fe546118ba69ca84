using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public class DigitsTests
{
    [Fact]
    public void There_are_1797_images_of_64_pixels_with_their_digits()
    {
        var digits = Digits.Load();

        Assert.Equal(1797, digits.Rows.Count);
        Assert.Equal(64, digits.NumericColumns().Length);
        Assert.Equal(["p00", "p01"], digits.NumericColumns()[..2]);
        Assert.Equal("p77", digits.NumericColumns()[^1]);
        // How many there are of each, as scikit-learn counts them.
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            Enumerable.Range(0, 10).Select(digit => digits[Digits.Digit].Cast<int>().Count(d => d == digit)));
    }

    [Fact]
    public void The_first_1437_images_are_for_training_and_the_last_360_for_testing()
    {
        var table = Digits.Load();
        var (train, test) = Digits.Split();

        Assert.Equal([1437, 64], train.Pixels.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal([360, 64], test.Pixels.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal((1437, 360), (train.Labels.Length, test.Labels.Length));
        var bottomRight = table.Values("p77");
        Assert.Equal(bottomRight[..1437], train.Pixels.Column(63));
        Assert.Equal(bottomRight[1437..], test.Pixels.Column(63));
        Assert.Equal(table[Digits.Digit].Cast<int>(), train.Labels.Concat(test.Labels));
    }

    [Fact]
    public void Pixels_go_from_0_to_16_and_lie_row_by_row()
    {
        var (train, _) = Digits.Split();
        double[] values = [.. Enumerable.Range(0, 64).SelectMany(train.Pixels.Column)];

        Assert.Equal((0, 16), (values.Min(), values.Max()));
        // The first image, a zero: a ring that is empty in its middle, as scikit-learn shows it.
        Assert.Equal(0, train.Labels[0]);
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], Enumerable.Range(0, 8).Select(column => train.Pixels[0, column]));
        Assert.Equal([0, 5, 8, 0, 0, 9, 8, 0], Enumerable.Range(32, 8).Select(column => train.Pixels[0, column]));
    }
}
