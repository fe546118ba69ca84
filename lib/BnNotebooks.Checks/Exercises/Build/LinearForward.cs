using Function = System.Func<double[,], double[,], double[], double[,]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks a linear layer's forward pass, y = x·Wᵀ + b: (x (N, in), W (out, in), b (out)) to (N, out).</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult LinearForward(Function answer) => LinearForwardExercise.Exercise.Check(answer);
}

static class LinearForwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LinearForward",
        Title = "A linear layer, forward",
        Solution = LinearForward,
        Trials = [Trial("3 features become 3", seed: 61, 4, 3, 3), Trial("5 features become 2", seed: 62, 3, 5, 2), Trial("2 features become 4", seed: 63, 3, 2, 4)],
        Mistakes = Slips.Of<Function>([Transposed, NoBias, MinusBias, FirstBias, BiasEachTime, TimesBias, Mean, Last, Skips], has => (x, w, b) => Wrong(x, w, b, has), Added),
        Hints =
        [
            "Three loops: over the samples n, the outputs o, and inside, the inputs i that are summed.",
            "y[n, o] starts at b[o], and each i adds x[n, i] * w[o, i]: W has a row for each output.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int inputs, int outputs)
    {
        var (x, w, b) = (Numbers.Table(seed, n, inputs), Numbers.Table(seed + 10, outputs, inputs), Numbers.List(seed + 20, outputs));
        return new(name, (f, given) => [Part.Of("y", f(given.Copy("x", x), given.Copy("w", w), given.Copy("b", b)))]) { Factors = [("in", inputs), ("N", n)] };
    }

    // solution of LinearForward
    static double[,] LinearForward(double[,] x, double[,] w, double[] b)
    {
        var (N, inputs, outputs) = (x.GetLength(0), x.GetLength(1), b.Length);
        var y = new double[N, outputs];
        for (var n = 0; n < N; n++)
            for (var o = 0; o < outputs; o++)
            {
                var sum = b[o];
                for (var i = 0; i < inputs; i++)
                    sum += x[n, i] * w[o, i];
                y[n, o] = sum;
            }
        return y;
    }
    // end

    const string
        Transposed = "Rows and columns of W are exchanged: w[o, i] leads from input i to output o.",
        NoBias = "The bias is forgotten: y = x·Wᵀ + b.",
        MinusBias = "The bias is added, not subtracted.",
        FirstBias = "You added the first bias to all outputs: each has its own.",
        BiasEachTime = "You added the bias once for each input; it is added once for each output.",
        TimesBias = "You multiplied by the bias; it is added.",
        Mean = "You averaged the products; they are summed.",
        Last = "Only the last input is in it: add to the sum (+=), do not replace it.",
        Added = "You added weight and input; they are multiplied.",
        Skips = "The first input is missing: features are counted from 0.";

    static double[,] Wrong(double[,] x, double[,] w, double[] b, Func<string, bool> has)
    {
        var (rows, inputs) = (x.GetLength(0), x.GetLength(1));
        var y = new double[rows, b.Length];
        for (var n = 0; n < rows; n++)
            for (var o = 0; o < b.Length; o++)
            {
                var first = has(Last) ? inputs - 1 : has(Skips) ? 1 : 0;
                var sum = Enumerable.Range(first, inputs - first).Sum(i => has(Added) ? x[n, i] + w[o, i] : x[n, i] * (has(Transposed) ? w[i, o] : w[o, i])) / (has(Mean) ? inputs : 1);
                var bias = b[has(FirstBias) ? 0 : o] * (has(BiasEachTime) ? inputs : 1);
                y[n, o] = has(TimesBias) ? sum * bias : sum + (has(NoBias) ? 0 : has(MinusBias) ? -bias : bias);
            }
        return y;
    }
}
