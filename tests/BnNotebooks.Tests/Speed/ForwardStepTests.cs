using System.Buffers;
using System.Numerics.Tensors;
using BnNotebooks.Core;
using BnNotebooks.Speed;
using BnNotebooks.Tests.Live;

namespace BnNotebooks.Tests.Speed;

/// <summary>Each optimization step against the careful layer.</summary>
public sealed class ForwardStepTests
{
    // Both compute in double and round once. Outputs below 8 in magnitude are 4.8e-7 apart at most; the two may fall on
    // either side of a midpoint, so one such distance is allowed.
    const double Agreement = 5e-7;

    static IReadOnlyList<ForwardStep> Steps => [.. ForwardStep.All(threads: 2), new Step6Threads(1), new Step6Threads(5)];

    public static TheoryData<int, int[]> Cases
    {
        get
        {
            // Rows of a vector and a bit, of less than a vector, of one; rows that start at any address; more threads than
            // channels; one sample; a size like the deck's.
            int[][] shapes = [[4, 3, 37], [3, 5, 8], [2, 7, 1], [50, 4], [2, 3, 5, 7], [1, 2, 129], [6, 1, 33], [5, 12, 55, 65]];
            var cases = new TheoryData<int, int[]>();
            for (var step = 0; step < Steps.Count; step++)
                foreach (var shape in shapes)
                    cases.Add(step, shape);
            return cases;
        }
    }

    static Tensor<float> Normal(int[] shape, double mean = 0, double std = 1) => Tensor.Create(
        Numbers.Normal<float>(new Random(shape.Length * 1000 + shape[0]), shape.Aggregate((product, length) => product * length), mean, std),
        [.. shape.Select(length => (nint)length)]);

    static Tensor<float> Output(Tensor<float> x)
    {
        var y = Tensor.CreateFromShape<float>(x.Lengths);
        y.Fill(float.NaN);    // an element that a step forgets shows
        return y;
    }

    static double LargestDifferenceToCareful(ForwardStep step, Tensor<float> x)
    {
        // (N, C, positions): BatchNorm1d takes any number of them.
        var shape = BatchShape.Of(x);
        var careful = new BatchNorm1d(shape.C, affine: false) { Method = BatchNormMethod.Careful };
        float[] expected = new float[x.FlattenedLength], actual = new float[x.FlattenedLength];
        careful.Forward(x.Reshape([shape.N, shape.C, shape.S])).FlattenTo(expected);

        var y = Output(x);
        step.Forward(x, y);
        y.FlattenTo(actual);
        return Enumerable.Range(0, expected.Length).Max(i => double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs((double)expected[i] - actual[i]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_step_gives_what_the_careful_layer_gives(int step, int[] shape) =>
        Assert.InRange(LargestDifferenceToCareful(Steps[step], Normal(shape, mean: -3, std: 2)), 0, Agreement);

    [Fact]
    public void No_step_loses_a_small_variance_beside_a_large_mean()
    {
        // Floats around 1e6 are 1/16 apart: with a deviation of 1 some digits are left, with 1e-3 all values are the same.
        foreach (var std in new[] { 1, 1e-3 })
            foreach (var step in Steps)
                Assert.InRange(LargestDifferenceToCareful(step, Normal([10, 3, 71], mean: 1e6, std)), 0, Agreement);
    }

    [Fact]
    public void A_NaN_spoils_its_own_channel_and_no_other()
    {
        var x = Normal([4, 3, 37]);
        x[2, 1, 20] = float.NaN;
        foreach (var step in Steps)
        {
            var y = Output(x);
            step.Forward(x, y);

            for (var c = 0; c < 3; c++)
                Assert.Equal(c == 1, float.IsNaN(y[0, c, 36]));
        }
    }

    [Fact]
    public void The_steps_are_numbered_and_move_fewer_and_fewer_bytes()
    {
        var steps = ForwardStep.All(threads: 2);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], steps.Select(step => step.Name[..1]));
        Assert.Equal(steps.Select(step => step.BytesPerElement).OrderDescending(), steps.Select(step => step.BytesPerElement));
    }

    [Fact]
    public void Tensors_that_cannot_be_right_are_refused_with_their_shapes()
    {
        var step = new Step1Scalar();

        Assert.Contains("[3, 2]", Assert.Throws<ArgumentException>(() => step.Forward(Normal([4, 2]), Normal([3, 2]))).Message);
        Assert.Contains("[1, 5]", Assert.Throws<ArgumentException>(() => step.Forward(Normal([1, 5]), Normal([1, 5]))).Message);
        Assert.Contains("[5]", Assert.Throws<ArgumentException>(() => step.Forward(Normal([5]), Normal([5]))).Message);
        Assert.Contains("dense", Assert.Throws<ArgumentException>(() => step.Forward(Normal([4, 6]).Slice([NRange.All, 1..3]), Normal([4, 2]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Step6Threads(0));
    }
}
