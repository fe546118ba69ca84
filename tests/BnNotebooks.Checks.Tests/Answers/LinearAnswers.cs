using static BnNotebooks.Checks.Tests.Answers.Arrays;

namespace BnNotebooks.Checks.Tests.Answers;

static class LinearAnswers
{
    static Answer Forward(string name, string[] words, Func<double[,], double[,], double[], double[,]> function) => new($"LinearForward: {name}", words, () => Check.LinearForward((x, w, b) => function(x, w, b)));

    static Answer Backward(string name, string[] words, Func<double[,], double[,], double[,], (double[,]?, double[]?, double[,]?)> function) => new($"LinearBackward: {name}", words, () => Check.LinearBackward((dy, x, w) => function(dy, x, w)));

    static Answer Relu(string name, string[] words, Func<double, double> function) => new($"Relu: {name}", words, () => Check.Relu(x => Make(x, (n, c) => function(x[n, c]))));

    static Answer ReluBackward(string name, string[] words, Func<double, double, double> function) => new($"ReluBackward: {name}", words, () => Check.ReluBackward((dy, x) => Make(x, (n, c) => function(dy[n, c], x[n, c]))));

    static Answer He(string name, string[] words, Func<int, int, double> function) => new($"HeStart: {name}", words, () => Check.HeStart((inputs, outputs) => function(inputs, outputs)));

    static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    static double[,] Dw(double[,] dy, double[,] x) => Make(dy.GetLength(1), x.GetLength(1), (o, i) => Dot(Column(dy, o), Column(x, i)));

    static double[] Db(double[,] dy) => [.. Columns(dy).Select(column => column.Sum())];

    static double[,] Dx(double[,] dy, double[,] w) => Make(dy.GetLength(0), w.GetLength(1), (n, i) => Dot(Row(dy, n), Column(w, i)));

    public static IEnumerable<Answer> Wrong =>
    [
        Forward("no bias", ["b"], (x, w, _) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Dot(Row(x, n), Row(w, o)))),
        Forward("W not transposed", ["W", "transpos", "index"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Enumerable.Range(0, w.GetLength(1)).Sum(i => x[n, i] * w[i, o]) + b[o])),
        Forward("bias within the loop over inputs", ["b", "each input", "loop"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Row(x, n).Select((v, i) => v * w[o, i] + b[o]).Sum())),
        Forward("bias subtracted", ["bias", "sign"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Dot(Row(x, n), Row(w, o)) - b[o])),
        Forward("bias of the sample", ["b", "index", "sample"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Dot(Row(x, n), Row(w, o)) + b[n])),
        Forward("the mean over the inputs", ["mean", "averaged"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Dot(Row(x, n), Row(w, o)) / w.GetLength(1) + b[o])),
        Forward("the last input left out", ["last"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Dot([.. Row(x, n).SkipLast(1)], Row(w, o)) + b[o])),
        Forward("the sum goes on", ["next", "first", "zero"], (x, w, b) =>
        {
            var y = new double[x.GetLength(0), b.Length];
            var sum = 0.0;
            for (var n = 0; n < y.GetLength(0); n++)
                for (var o = 0; o < b.Length; o++)
                {
                    sum += b[o];
                    for (var i = 0; i < w.GetLength(1); i++)
                        sum += x[n, i] * w[o, i];
                    y[n, o] = sum;
                }
            return y;
        }),
        Forward("the last product in place of the sum", ["last", "sum", "+="], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => x[n, x.GetLength(1) - 1] * w[o, x.GetLength(1) - 1] + b[o])),
        Forward("outputs by samples", ["transposed", "size", "exchanged"], (x, w, b) => Make(w.GetLength(0), x.GetLength(0), (o, n) => Dot(Row(x, n), Row(w, o)) + b[o])),
        Forward("added, not multiplied", ["multipl", "product"], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => Row(x, n).Select((v, i) => v + w[o, i]).Sum() + b[o])),

        Backward("dW transposed", ["transposed", "size", "exchanged"], (dy, x, w) => (Make(x.GetLength(1), dy.GetLength(1), (i, o) => Dot(Column(dy, o), Column(x, i))), Db(dy), Dx(dy, w))),
        Backward("dW over N", ["N", "mean"], (dy, x, w) => (Make(w, (o, i) => Dw(dy, x)[o, i] / x.GetLength(0)), Db(dy), Dx(dy, w))),
        Backward("dW of the last sample", ["last", "sum", "+="], (dy, x, w) => (Make(w, (o, i) => dy[dy.GetLength(0) - 1, o] * x[x.GetLength(0) - 1, i]), Db(dy), Dx(dy, w))),
        Backward("dW with w in place of x", ["x", "input"], (dy, x, w) => (Make(w, (o, i) => Column(dy, o).Sum() * w[o, i]), Db(dy), Dx(dy, w))),
        Backward("dW = Σx, dy forgotten", ["dy"], (dy, x, w) => (Make(w, (o, i) => Column(x, i).Sum()), Db(dy), Dx(dy, w))),
        Backward("dW = Σdy, x forgotten", ["x"], (dy, x, w) => (Make(w, (o, i) => Column(dy, o).Sum()), Db(dy), Dx(dy, w))),
        Backward("dW with a minus, as a step", ["sign"], (dy, x, w) => (Make(w, (o, i) => -Dw(dy, x)[o, i]), Db(dy), Dx(dy, w))),
        Backward("db over N", ["N", "mean"], (dy, x, w) => (Dw(dy, x), [.. Columns(dy).Select(column => column.Average())], Dx(dy, w))),
        Backward("db along the rows", ["row", "size", "sample"], (dy, x, w) => (Dw(dy, x), [.. Enumerable.Range(0, dy.GetLength(0)).Select(n => Row(dy, n).Sum())], Dx(dy, w))),
        Backward("db counted for each input", ["in times", "inputs"], (dy, x, w) => (Dw(dy, x), [.. Db(dy).Select(v => v * w.GetLength(1))], Dx(dy, w))),
        Backward("db of ones", ["dy", "sum"], (dy, x, w) => (Dw(dy, x), [.. Db(dy).Select(_ => 1.0)], Dx(dy, w))),
        Backward("db of the last sample", ["last", "sum", "+="], (dy, x, w) => (Dw(dy, x), Row(dy, dy.GetLength(0) - 1), Dx(dy, w))),
        Backward("dx with W the other way", ["W", "transpos", "index"], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (n, i) => Enumerable.Range(0, w.GetLength(0)).Sum(o => dy[n, o] * w[i, o])))),
        Backward("dx of the last output", ["last", "sum", "+="], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (n, i) => dy[n, w.GetLength(0) - 1] * w[w.GetLength(0) - 1, i]))),
        Backward("dx with x in place of W", ["W", "w"], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (n, i) => Row(dy, n).Sum() * x[n, i]))),
        Backward("dx over N", ["N"], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (n, i) => Dx(dy, w)[n, i] / x.GetLength(0)))),
        Backward("dx over the outputs", ["out"], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (n, i) => Dx(dy, w)[n, i] / w.GetLength(0)))),
        Backward("dx the same for each sample", ["sample", "row", "batch"], (dy, x, w) => (Dw(dy, x), Db(dy), Make(x, (_, i) => Dot(Db(dy), Column(w, i))))),

        Relu("the absolute value", ["absolute"], Math.Abs),
        Relu("the smaller", ["Min", "negative", "smaller", "positive"], v => Math.Min(v, 0)),
        Relu("leaky", ["leak", "negative"], v => v > 0 ? v : 0.01 * v),
        Relu("0 or 1", ["1", "step", "x"], v => v > 0 ? 1 : 0),
        Relu("at most 6", ["6", "clamp", "large"], v => Math.Clamp(v, 0, 6)),
        Relu("at most 1", ["1", "clamp", "large"], v => Math.Clamp(v, 0, 1)),
        Relu("greater than 1", ["1", "0", "threshold"], v => v > 1 ? v : 0),
        Relu("nothing", ["x itself"], v => v),
        Relu("softplus", ["smooth", "softplus", "exp"], v => Math.Log(1 + Math.Exp(v))),
        Relu("the sign", ["sign", "minus"], v => -Math.Max(v, 0)),
        Relu("sigmoid", ["sigmoid", "exp"], v => 1 / (1 + Math.Exp(-v))),
        new("Relu: in place", ["in place"], () => Check.Relu(x =>
        {
            for (var n = 0; n < x.GetLength(0); n++)
                for (var c = 0; c < x.GetLength(1); c++)
                    if (x[n, c] < 0)
                        x[n, c] = 0;
            return x;
        })),

        ReluBackward("by the gradient's sign", ["dy"], (dy, _) => Math.Max(dy, 0)),
        ReluBackward("x where it is positive", ["dy", "x"], (_, x) => Math.Max(x, 0)),
        ReluBackward("dy itself", ["dy itself", "everything through"], (dy, _) => dy),
        ReluBackward("1 where it is positive", ["dy", "multipl"], (_, x) => x > 0 ? 1 : 0),
        ReluBackward("the other half", ["negative", "other", "positive", "sign", "round"], (dy, x) => x < 0 ? dy : 0),
        ReluBackward("times x", ["x", "multipl"], (dy, x) => dy * Math.Max(x, 0)),
        ReluBackward("times the sign", ["sign", "negative", "−1", "absolute"], (dy, x) => dy * Math.Sign(x)),
        ReluBackward("leaky", ["leak", "negative"], (dy, x) => x > 0 ? dy : 0.01 * dy),
        ReluBackward("both positive", ["dy"], (dy, x) => dy > 0 && x > 0 ? dy : 0),
        ReluBackward("dy's rectified difference", ["dy"], (dy, x) => Math.Max(dy * x, 0)),

        He("Xavier", ["outputs", "Xavier", "Glorot"], (inputs, outputs) => Math.Sqrt(2.0 / (inputs + outputs))),
        He("LeCun", ["2", "ReLU"], (inputs, _) => Math.Sqrt(1.0 / inputs)),
        He("by the outputs", ["outputs"], (_, outputs) => Math.Sqrt(2.0 / outputs)),
        He("the variance", ["variance", "root"], (inputs, _) => 2.0 / inputs),
        He("2 / inputs of whole numbers", ["zero", "whole number", "integer"], (inputs, _) => Math.Sqrt(2 / inputs)),
        He("√2/inputs", ["root", "√"], (inputs, _) => Math.Sqrt(2) / inputs),
        He("the uniform bound", ["uniform", "6"], (inputs, _) => Math.Sqrt(6.0 / inputs)),
        He("√(inputs/2)", ["upside", "inverse", "divide", "reciprocal"], (inputs, _) => Math.Sqrt(inputs / 2.0)),
        He("1/√inputs, PyTorch's default bound", ["2", "ReLU"], (inputs, _) => 1 / Math.Sqrt(inputs)),
        He("0.01", ["inputs", "same", "constant", "no single number"], (_, _) => 0.01),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Forward("dot products", [], (x, w, b) => Make(x.GetLength(0), w.GetLength(0), (n, o) => b[o] + Dot(Row(x, n), Row(w, o)))),
        Forward("input by input", [], (x, w, b) =>
        {
            var y = new double[x.GetLength(0), b.Length];
            for (var i = 0; i < w.GetLength(1); i++)
                for (var o = 0; o < b.Length; o++)
                    for (var n = 0; n < y.GetLength(0); n++)
                        y[n, o] += x[n, i] * w[o, i] + (i == 0 ? b[o] : 0);
            return y;
        }),
        Backward("dot products", [], (dy, x, w) => (Dw(dy, x), Db(dy), Dx(dy, w))),
        Relu("half of x + |x|", [], v => (v + Math.Abs(v)) / 2),
        Relu("if, else", [], v => v < 0 ? 0 : v),
        ReluBackward("a mask", [], (dy, x) => dy * (x > 0 ? 1 : 0)),
        ReluBackward("Math.Sign", [], (dy, x) => Math.Sign(x) == 1 ? dy : 0),
        He("√2/√inputs", [], (inputs, _) => Math.Sqrt(2) / Math.Sqrt(inputs)),
        He("a power", [], (inputs, _) => Math.Pow(inputs / 2d, -0.5)),
    ];
}
