using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

static class ColumnAnswers
{
    static Answer Mean(string name, string[] words, Func<double[,], double[]> function) => new($"MeanOfColumns: {name}", words, () => Check.MeanOfColumns(x => function(x)));

    static Answer Variance(string name, string[] words, Func<double[,], double[], double[]> function) => new($"VarianceOfColumns: {name}", words, () => Check.VarianceOfColumns((x, mean) => function(x, mean)));

    public static IEnumerable<Answer> Wrong =>
    [
        Mean("sums", ["sum", "N"], x => [.. Columns(x).Select(column => column.Sum())]),
        Mean("of the rows", ["row"], x => [.. Enumerable.Range(0, x.GetLength(0)).Select(n => Row(x, n).Average())]),
        Mean("by the number of columns", ["C", "columns"], x => [.. Columns(x).Select(column => column.Sum() / x.GetLength(1))]),
        Mean("by n − 1", ["n − 1"], x => [.. Columns(x).Select(column => column.Sum() / (column.Length - 1))]),
        Mean("the whole table's", ["whole table", "table"], x => [.. Columns(x).Select(_ => Flat(x).Average())]),
        Mean("by the length of x", ["x.Length", "C", "all values", "number of values"], x => [.. Columns(x).Select(column => column.Sum() / x.Length)]),
        Mean("the sum not set to zero", ["next column", "first", "zero", "back to 0"], x =>
        {
            var mean = new double[x.GetLength(1)];
            var sum = 0.0;
            for (var c = 0; c < mean.Length; c++)
            {
                for (var n = 0; n < x.GetLength(0); n++)
                    sum += x[n, c];
                mean[c] = sum / x.GetLength(0);
            }
            return mean;
        }),
        Mean("divided within the loop", ["loop", "each", "inside", "divide"], x =>
        {
            var mean = new double[x.GetLength(1)];
            for (var c = 0; c < mean.Length; c++)
                for (var n = 0; n < x.GetLength(0); n++)
                {
                    mean[c] += x[n, c];
                    mean[c] /= x.GetLength(0);
                }
            return mean;
        }),
        Mean("one over N of whole numbers", ["zero"], x => [.. Columns(x).Select(column => 1 / column.Length * column.Sum())]),
        Mean("the last row left out", ["last row", "last value"], x => [.. Columns(x).Select(column => column.SkipLast(1).Sum() / column.Length)]),
        Mean("the first row left out", ["first row", "first value"], x => [.. Columns(x).Select(column => column.Skip(1).Sum() / column.Length)]),
        Mean("the last row left out and not counted", ["last row", "last value"], x => [.. Columns(x).Select(column => column.SkipLast(1).Average())]),
        Mean("the last row in place of the sum", ["last row", "+="], x => [.. Columns(x).Select(column => column[^1] / column.Length)]),
        Mean("medians", ["median", "middle"], x => [.. Columns(x).Select(column => (column.Order().ElementAt((column.Length - 1) / 2) + column.Order().ElementAt(column.Length / 2)) / 2)]),
        Mean("a mean of two, again and again", ["half", "halved", "+="], x => [.. Columns(x).Select(column => column.Aggregate((a, b) => (a + b) / 2))]),
        Mean("in float", ["float"], x => [.. Columns(x).Select(column => (double)column.Select(v => (float)v).Average())]),
        Mean("the last column left out", ["last"], x => [.. Columns(x).Select((column, c) => c == x.GetLength(1) - 1 ? 0 : column.Average())]),
        Mean("one number for each row of a square loop", ["size", "row"], x => [.. Enumerable.Range(0, x.GetLength(0)).Select(n => Column(x, Math.Min(n, x.GetLength(1) - 1)).Average())]),

        Variance("n − 1", ["n − 1"], (x, mean) => [.. Columns(x).Select((column, c) => column.Sum(v => (v - mean[c]) * (v - mean[c])) / (column.Length - 1))]),
        Variance("sums", ["sum", "N"], (x, mean) => [.. Columns(x).Select((column, c) => column.Sum(v => (v - mean[c]) * (v - mean[c])))]),
        Variance("deviation", ["root", "deviation"], (x, mean) => [.. Columns(x).Select((column, c) => Math.Sqrt(column.Average(v => (v - mean[c]) * (v - mean[c]))))]),
        Variance("not squared", ["square", "squaring"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => v - mean[c]))]),
        Variance("absolute", ["absolute", "|x − μ|"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => Math.Abs(v - mean[c])))]),
        Variance("2 · in place of squares", ["square"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => 2 * Math.Abs(v - mean[c])))]),
        Variance("around zero", ["mean", "around"], (x, _) => [.. Columns(x).Select(column => column.Average(v => v * v))]),
        Variance("E[x²] − E[x]", ["E[x]²", "square", "mean"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => v * v) - mean[c])]),
        Variance("the square of the mean less the mean of the squares", ["sign"], (x, mean) => [.. Columns(x).Select((column, c) => (mean[c] * mean[c]) - column.Average(v => v * v))]),
        Variance("around the first column's mean", ["mean", "column"], (x, mean) => [.. Columns(x).Select(column => column.Average(v => (v - mean[0]) * (v - mean[0])))]),
        Variance("by columns", ["C", "columns"], (x, mean) => [.. Columns(x).Select((column, c) => column.Sum(v => (v - mean[c]) * (v - mean[c])) / x.GetLength(1))]),
        Variance("squares not set to zero", ["next column", "first", "zero"], (x, mean) =>
        {
            var squares = 0.0;
            return [.. Columns(x).Select((column, c) => (squares += column.Sum(v => (v - mean[c]) * (v - mean[c]))) / column.Length)];
        }),
        Variance("last row left out", ["last row", "last value"], (x, mean) => [.. Columns(x).Select((column, c) => column.SkipLast(1).Sum(v => (v - mean[c]) * (v - mean[c])) / column.Length)]),
        Variance("a pair of parentheses forgotten", ["parenthes", "bracket", "square"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => v - mean[c] * v - mean[c]))]),
        Variance("the power 1 / 2", ["root", "power", "square", "1/2"], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => Math.Sqrt(Math.Abs(v - mean[c]))))]),
        Variance("the whole table's", ["table"], (x, _) => [.. Columns(x).Select(_ => Arrays.Variance(Flat(x)))]),
        Variance("the square of the sum", ["square", "sum"], (x, mean) => [.. Columns(x).Select((column, c) => Math.Pow(column.Sum(v => v - mean[c]), 2) / column.Length)]),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Mean("divided at once, columns backwards", [], x =>
        {
            var mean = new double[x.GetLength(1)];
            for (var c = mean.Length; c-- > 0;)
                for (var n = x.GetLength(0); n-- > 0;)
                    mean[c] += x[n, c] / x.GetLength(0);
            return mean;
        }),
        Mean("weights 1/N", [], x => [.. Columns(x).Select(column => column.Sum(v => 1.0 / column.Length * v))]),
        Mean("decimal sums", [], x => [.. Columns(x).Select(column => (double)column.Select(v => (decimal)v).Average())]),
        Variance("its own mean", [], (x, _) => [.. Columns(x).Select(Arrays.Variance)]),
        Variance("mean of squares less the square of the mean", [], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => v * v) - Math.Pow(mean[c], 2))]),
        Variance("product of v and v − μ", [], (x, mean) => [.. Columns(x).Select((column, c) => column.Average(v => v * (v - mean[c])))]),
    ];
}
