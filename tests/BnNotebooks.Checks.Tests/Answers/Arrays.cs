namespace BnNotebooks.Checks.Tests.Answers;

/// <summary>What people write for themselves before they begin: columns, rows, means, and tables by a function of their indices.</summary>
static class Arrays
{
    public static double[,] Make(int rows, int columns, Func<int, int, double> value)
    {
        var table = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                table[i, j] = value(i, j);
        return table;
    }

    public static double[,] Make(double[,] like, Func<int, int, double> value) => Make(like.GetLength(0), like.GetLength(1), value);

    public static double[,,,] Make(double[,,,] like, Func<int, int, int, int, double> value)
    {
        var block = new double[like.GetLength(0), like.GetLength(1), like.GetLength(2), like.GetLength(3)];
        for (var n = 0; n < block.GetLength(0); n++)
            for (var c = 0; c < block.GetLength(1); c++)
                for (var h = 0; h < block.GetLength(2); h++)
                    for (var w = 0; w < block.GetLength(3); w++)
                        block[n, c, h, w] = value(n, c, h, w);
        return block;
    }

    public static double[] Column(double[,] x, int c) => [.. Enumerable.Range(0, x.GetLength(0)).Select(n => x[n, c])];

    public static double[] Row(double[,] x, int n) => [.. Enumerable.Range(0, x.GetLength(1)).Select(c => x[n, c])];

    public static double[][] Columns(double[,] x) => [.. Enumerable.Range(0, x.GetLength(1)).Select(c => Column(x, c))];

    public static double[] Flat(double[,] x) => [.. x.Cast<double>()];

    /// <summary>The values of a block for which a condition on n and c holds.</summary>
    public static double[] Where(double[,,,] x, Func<int, int, bool> condition)
    {
        var values = new List<double>();
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                for (var h = 0; condition(n, c) && h < x.GetLength(2); h++)
                    for (var w = 0; w < x.GetLength(3); w++)
                        values.Add(x[n, c, h, w]);
        return [.. values];
    }

    public static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
