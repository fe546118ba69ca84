using System.Numerics.Tensors;
using BnNotebooks.Playground.Explorables;

namespace BnNotebooks.Playground.Networks;

/// <summary>Points of the plane in two classes. The same name and seed give the same points.</summary>
/// <param name="Points">Two numbers a point.</param>
/// <param name="Labels">The class of each point, 0 or 1.</param>
sealed record PlaneData(float[] Points, int[] Labels)
{
    /// <summary>How many points there are to train with, and as many to test with.</summary>
    public const int Count = 256;

    delegate (double X, double Y) Shape(int label, double along, Random random);

    static readonly Dictionary<string, Shape> Shapes = new()
    {
        ["moons"] = (label, along, random) => Moon(label, along, random),
        ["spirals"] = (label, along, random) =>
        {
            var radius = 0.1 + 0.9 * along;
            var angle = 3.5 * Math.PI / 2 * along + Math.PI * label;
            return (radius * Math.Cos(angle) + 0.04 * random.Normal(), radius * Math.Sin(angle) + 0.04 * random.Normal());
        },
        ["circles"] = (label, along, random) =>
        {
            var (radius, angle) = (label == 0 ? 0.35 : 0.85, 2 * Math.PI * along);
            return (radius * Math.Cos(angle) + 0.1 * random.Normal(), radius * Math.Sin(angle) + 0.1 * random.Normal());
        },
        // As tables are: one column in fractions, the other in hundreds and far from zero.
        ["scaled"] = (label, along, random) =>
        {
            var (x, y) = Moon(label, along, random);
            return (x, 300 + 100 * y);
        },
    };

    /// <summary>The data sets there are.</summary>
    public static IReadOnlyCollection<string> Names => Shapes.Keys;

    /// <summary>The points to train with and those to test with.</summary>
    public static (PlaneData Training, PlaneData Test) Draw(string name, int seed)
    {
        var random = new Random(seed);
        return (Draw(Shapes[name], random), Draw(Shapes[name], random));
    }

    /// <summary>Some of the points as a batch, by their places.</summary>
    public (Tensor<float> Input, int[] Labels) Batch(ReadOnlySpan<int> places)
    {
        var (input, labels) = (new float[2 * places.Length], new int[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            Points.AsSpan(2 * places[i], 2).CopyTo(input.AsSpan(2 * i));
            labels[i] = Labels[places[i]];
        }
        return (Tensor.Create(input, [places.Length, 2]), labels);
    }

    /// <summary>The part of the plane that a picture shows: all points, and a margin. Left, right, bottom, top.</summary>
    public double[] Frame()
    {
        var frame = new double[4];
        for (var axis = 0; axis < 2; axis++)
        {
            var values = Enumerable.Range(0, Labels.Length).Select(i => (double)Points[2 * i + axis]).ToArray();
            var (low, high) = (values.Min(), values.Max());
            (frame[2 * axis], frame[2 * axis + 1]) = (low - 0.18 * (high - low), high + 0.18 * (high - low));
        }
        return frame;
    }

    static PlaneData Draw(Shape shape, Random random)
    {
        var (points, labels) = (new float[2 * Count], new int[Count]);
        for (var i = 0; i < Count; i++)
        {
            labels[i] = i % 2;
            var (x, y) = shape(labels[i], random.NextDouble(), random);
            (points[2 * i], points[2 * i + 1]) = ((float)x, (float)y);
        }
        return new(points, labels);
    }

    static (double X, double Y) Moon(int label, double along, Random random)
    {
        var (x, y) = (Math.Cos(Math.PI * along), Math.Sin(Math.PI * along));
        return label == 0
            ? (x - 0.5 + 0.12 * random.Normal(), y - 0.25 + 0.12 * random.Normal())
            : (0.5 - x + 0.12 * random.Normal(), 0.25 - y + 0.12 * random.Normal());
    }
}
