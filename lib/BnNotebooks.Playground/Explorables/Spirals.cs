using System.Numerics.Tensors;

namespace BnNotebooks.Playground.Explorables;

/// <summary>200 points on two spiral arms, a class each, with a little noise.</summary>
sealed class Spirals
{
    const int Count = 200;
    const double Turns = 1, Noise = 0.04;

    readonly float[] coordinates = new float[2 * Count];

    public Spirals(Random random)
    {
        for (var row = 0; row < Count; row++)
        {
            var along = Math.Sqrt(random.NextDouble());
            var (sin, cos) = Math.SinCos(2 * Math.PI * Turns * along + Math.PI * Label(row));
            coordinates[2 * row] = (float)(2 * along * cos + Noise * random.Normal());
            coordinates[2 * row + 1] = (float)(2 * along * sin + Noise * random.Normal());
        }
    }

    /// <summary>The numbers of all points.</summary>
    public int[] Rows { get; } = [.. Enumerable.Range(0, Count)];

    /// <summary>The class of a point: 0 or 1.</summary>
    public int Label(int row) => row % 2;

    /// <summary>Some of the points, of shape (N, 2).</summary>
    public Tensor<float> Points(int[] rows) =>
        Tensor.Create([.. rows.SelectMany(row => coordinates[(2 * row)..(2 * row + 2)])], [rows.Length, 2]);
}
