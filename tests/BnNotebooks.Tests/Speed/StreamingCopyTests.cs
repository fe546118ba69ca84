using BnNotebooks.Speed;

namespace BnNotebooks.Tests.Speed;

public sealed class StreamingCopyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(1_000)]
    public void Every_number_is_copied_and_none_beside_wherever_source_and_target_begin(int count)
    {
        float[] source = [.. Enumerable.Range(1, count + 20).Select(i => (float)i)];
        for (var start = 0; start < 18; start++)
        {
            var target = new float[count + 20];
            StreamingCopy.Run(source.AsSpan(17 - start, count), target.AsSpan(start, count));

            Assert.Equal(source[(17 - start)..(17 - start + count)], target[start..(start + count)]);
            Assert.All(target[..start].Concat(target[(start + count)..]), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void A_target_that_is_too_short_is_refused() =>
        Assert.Contains("3 numbers", Assert.Throws<ArgumentException>(() => StreamingCopy.Run(new float[3], new float[2])).Message);
}
