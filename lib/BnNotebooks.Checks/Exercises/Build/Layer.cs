using Function = System.Func<int, double, double, System.Func<bool, double[,], double[,]>>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a batch norm layer that remembers: (number of features, momentum, ε) to a function that takes whether the network trains
    /// and x (N, C), and returns x̂ (N, C). The averages start at mean 0 and variance 1; γ = 1 and β = 0 are left out.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Layer(Function answer) => LayerExercise.Exercise.Check(answer);
}

static class LayerExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Layer",
        Title = "A batch norm layer that remembers",
        Solution = Layer,
        Trials = [Trial("3 features", seed: 101, 3, momentum: 0.1, eps: 1e-5), Trial("2 features, a large momentum and ε", seed: 105, 2, momentum: 0.6, eps: 0.3)],
        Mistakes = Slips.Of<Function>(
            [BatchInEval, UpdatesInEval, RunningInTraining, NeverUpdates, Exchanged, Keras, Biased, Unbiased, Replaced, Added, FirstBatch, Zero, Deviation, OnDeviation, NoEps, OnlyMean],
            has => (features, momentum, eps) => Wrong(features, momentum, eps, has)),
        Hints =
        [
            "The two averages live outside of the function that is returned, so that it finds them again at the next call: var mean = new double[features] before return (training, x) => …",
            "In training: normalize with the batch's own statistics, then move the averages towards them. In evaluation: normalize with the averages, and leave them alone.",
            "The variance that normalizes is over N, the one that is averaged over N − 1. The averages start at 0 and 1, PyTorch's start.",
        ],
    };

    // Train on two batches, evaluate twice (one sample, then many), train on, evaluate again.
    static Trial<Function> Trial(string name, int seed, int c, double momentum, double eps)
    {
        var (first, second, unseen, one) = (Numbers.Table(seed, 5, c), Numbers.Table(seed + 1, 8, c), Numbers.Table(seed + 2, 4, c), Numbers.Table(seed + 3, 1, c));
        return new(name, (f, given) =>
        {
            var layer = f(c, momentum, eps);
            return
            [
                Part.Of("the first batch in training", layer(true, given.Copy("x", first))),
                Part.Of("the second batch in training", layer(true, given.Copy("x", second))),
                Part.Of("a single sample in evaluation", layer(false, given.Copy("x", one))),
                Part.Of("other samples in evaluation", layer(false, given.Copy("x", unseen))),
                Part.Of("the first batch again, in training", layer(true, given.Copy("x", first))),
                Part.Of("the single sample in evaluation, after that", layer(false, given.Copy("x", one))),
            ];
        });
    }

    // solution of Layer
    static Func<bool, double[,], double[,]> Layer(
        int features, double momentum, double eps)
    {
        var (runningMean, runningVar) = (new double[features], new double[features]);
        Array.Fill(runningVar, 1);
        return (training, x) =>
        {
            var N = x.GetLength(0);
            var y = new double[N, features];
            for (var c = 0; c < features; c++)
            {
                var (mean, variance) = (runningMean[c], runningVar[c]);
                if (training)
                {
                    (mean, variance) = (0, 0);
                    for (var n = 0; n < N; n++)
                        mean += x[n, c] / N;
                    for (var n = 0; n < N; n++)
                        variance += (x[n, c] - mean) * (x[n, c] - mean) / N;
                    runningMean[c] += momentum * (mean - runningMean[c]);
                    runningVar[c] += momentum * (variance * N / (N - 1) - runningVar[c]);
                }
                for (var n = 0; n < N; n++)
                    y[n, c] = (x[n, c] - mean) / Math.Sqrt(variance + eps);
            }
            return y;
        };
    }
    // end

    const string
        BatchInEval = "It takes the batch's statistics in evaluation: a single sample becomes 0. Take the averages there.",
        UpdatesInEval = "The running statistics are updated in evaluation: what is being tested changes the model.",
        RunningInTraining = "It takes the averages in training, too; there it is the batch's own statistics.",
        NeverUpdates = "The averages are never updated: evaluation works with mean 0 and variance 1.",
        Exchanged = "Training and evaluation changed places.",
        Keras = "You have momentum the other way round, as Keras: in PyTorch it is the share of the new.",
        Biased = "You took n in the running variance; PyTorch takes n − 1 there.",
        Unbiased = "You took n − 1 in the normalization; there it is n.",
        Replaced = "The last batch's statistics replace the averages; the old ones have a share of 1 − momentum.",
        Added = "You added momentum·batch without taking (1 − momentum) of the old average: it grows without end.",
        FirstBatch = "You started the averages at the first batch's statistics; PyTorch starts them at mean 0 and variance 1.",
        Zero = "The running variance starts at 0; PyTorch starts it at 1.",
        Deviation = "You averaged the deviation; PyTorch averages the variance.",
        OnDeviation = "You added ε to the deviation; it belongs to the variance: √(σ² + ε).",
        NoEps = "ε is missing: √(σ² + ε).",
        OnlyMean = "Only the running mean is updated; the variance must move, too.";

    static Func<bool, double[,], double[,]> Wrong(int features, double momentum, double eps, Func<string, bool> has)
    {
        double[] means = new double[features], variances = [.. Enumerable.Repeat(has(Zero) ? 0.0 : 1, features)];
        var calls = 0;
        return (training, x) =>
        {
            var (rows, y, first) = (x.GetLength(0), (double[,])x.Clone(), calls++ == 0);
            training ^= has(Exchanged);
            for (var c = 0; c < features; c++)
            {
                double[] values = [.. Enumerable.Range(0, rows).Select(n => x[n, c])];
                var batch = values.Average();
                var squares = values.Sum(v => (v - batch) * (v - batch));
                var old = (Mean: means[c], Variance: variances[c]);
                if ((training || has(UpdatesInEval)) && !has(NeverUpdates))
                {
                    var spread = squares / (has(Biased) || rows == 1 ? rows : rows - 1);
                    var share = has(Replaced) || (has(FirstBatch) && first) ? 1 : has(Keras) ? 1 - momentum : momentum;
                    var kept = has(Added) ? 1 : 1 - share;
                    means[c] = kept * means[c] + share * batch;
                    variances[c] = has(OnlyMean) ? variances[c] : kept * variances[c] + share * (has(Deviation) ? Math.Sqrt(spread) : spread);
                }
                var own = training ? !has(RunningInTraining) : has(BatchInEval);
                var (mean, variance) = own
                    ? (batch, squares / (has(Unbiased) && rows > 1 ? rows - 1 : rows))
                    : training ? (means[c], variances[c]) : old;
                var deviation = Math.Sqrt(variance + (has(NoEps) || has(OnDeviation) ? 0 : eps)) + (has(OnDeviation) ? eps : 0);
                for (var n = 0; n < rows; n++)
                    y[n, c] = (x[n, c] - mean) / deviation;
            }
            return y;
        };
    }
}
