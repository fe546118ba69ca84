using Function = System.Func<double[,], double[,], double[,], (double[,]? DW, double[]? DB, double[,]? DX)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a linear layer's backward pass: (∂ℓ/∂y (N, out), x (N, in), W (out, in)) to ∂ℓ/∂W (out, in), ∂ℓ/∂b (out) and ∂ℓ/∂x (N, in).
    /// </summary>
    /// <param name="answer">The learner's function; parts that it leaves null are not solved yet.</param>
    public static CheckResult LinearBackward(Function answer) => LinearBackwardExercise.Exercise.Check(answer);
}

static class LinearBackwardExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LinearBackward",
        Title = "A linear layer, backward",
        Solution = LinearBackward,
        Trials = [Trial("3 features become 3", seed: 65, 4, 3, 3), Trial("5 features become 2", seed: 66, 3, 5, 2), Trial("2 features become 4", seed: 67, 3, 2, 4)],
        Mistakes = Slips.Of<Function>([WeightMean, WeightLast, WeightTransposed, WeightByW, BiasMean, BiasLast, BiasInputs, InputTransposed, InputLast, InputMean, InputForward], has => (dy, x, w) => Wrong(dy, x, w, has)),
        Hints =
        [
            "Forwards it was y[n, o] = Σ x[n, i]·w[o, i] + b[o]. Which y does w[o, i] touch? Those of all samples n, so its gradient is a sum over n.",
            "∂ℓ/∂w[o, i] = Σ over n of dy[n, o]·x[n, i], and ∂ℓ/∂b[o] = Σ over n of dy[n, o].",
            "x[n, i] touches all outputs of its own sample: ∂ℓ/∂x[n, i] = Σ over o of dy[n, o]·w[o, i].",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, int inputs, int outputs)
    {
        var (x, w, dy) = (Numbers.Table(seed, n, inputs), Numbers.Table(seed + 10, outputs, inputs), Numbers.Table(seed + 20, n, outputs));
        return new(name, (f, given) =>
        {
            var (dw, db, dx) = f(given.Copy("dy", dy), given.Copy("x", x), given.Copy("w", w));
            return [Part.Of("dW", dw), Part.Of("db", db), Part.Of("dx", dx)];
        })
        { Factors = [("N", n), ("in", inputs), ("out", outputs)] };
    }

    // solution of LinearBackward
    static (double[,] DW, double[] DB, double[,] DX) LinearBackward(
        double[,] dy, double[,] x, double[,] w)
    {
        var (N, inputs, outputs) = (x.GetLength(0), x.GetLength(1), w.GetLength(0));
        var (dw, db) = (new double[outputs, inputs], new double[outputs]);
        var dx = new double[N, inputs];
        for (var n = 0; n < N; n++)
            for (var o = 0; o < outputs; o++)
            {
                db[o] += dy[n, o];
                for (var i = 0; i < inputs; i++)
                {
                    dw[o, i] += dy[n, o] * x[n, i];
                    dx[n, i] += dy[n, o] * w[o, i];
                }
            }
        return (dw, db, dx);
    }
    // end

    const string
        WeightMean = "dW is a sum over the samples, not a mean: if the loss is a mean, dy has the 1/N already.",
        WeightLast = "dW has the last sample only: add (+=) over all of them.",
        WeightTransposed = "dW is transposed: it has the shape of W, (out, in).",
        WeightByW = "dW is dy times the layer's input, not dy times W.",
        BiasMean = "db is a sum over the samples, not a mean: if the loss is a mean, dy has the 1/N already.",
        BiasLast = "db has the last sample only: add (+=) over all of them.",
        BiasInputs = "You summed db over the inputs too: the line stands inside of the loop over i, one loop too deep.",
        InputTransposed = "dx takes W as it is: dx = dy·W. (Forwards it was x·Wᵀ.)",
        InputLast = "dx has the last output only: x reaches every output, so add (+=) over all of them.",
        InputMean = "dx is a sum over the outputs, not a mean.",
        InputForward = "dx has nothing to do with x: the layer is linear, so dx = dy·W.";

    static (double[,]? DW, double[]? DB, double[,]? DX) Wrong(double[,] dy, double[,] x, double[,] w, Func<string, bool> has)
    {
        var (rows, inputs, outputs) = (x.GetLength(0), x.GetLength(1), w.GetLength(0));
        var dw = has(WeightTransposed) ? new double[inputs, outputs] : new double[outputs, inputs];
        var (db, dx) = (new double[outputs], new double[rows, inputs]);
        for (var n = 0; n < rows; n++)
            for (var o = 0; o < outputs; o++)
            {
                db[o] = (has(BiasLast) ? 0 : db[o]) + dy[n, o] * (has(BiasInputs) ? inputs : 1) / (has(BiasMean) ? rows : 1);
                for (var i = 0; i < inputs; i++)
                {
                    ref var weight = ref dw[has(WeightTransposed) ? i : o, has(WeightTransposed) ? o : i];
                    weight = (has(WeightLast) ? 0 : weight) + dy[n, o] * (has(WeightByW) ? w[o, i] : x[n, i]) / (has(WeightMean) ? rows : 1);
                    dx[n, i] = (has(InputLast) ? 0 : dx[n, i])
                        + dy[n, o] * (has(InputTransposed) ? w[i, o] : w[o, i]) * (has(InputForward) ? x[n, i] : 1) / (has(InputMean) ? outputs : 1);
                }
            }
        return (dw, db, dx);
    }
}
