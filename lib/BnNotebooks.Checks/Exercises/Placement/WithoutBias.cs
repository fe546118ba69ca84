using Function = System.Func<double[], double[], double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what the running mean becomes when the idle bias in front of a batch norm is removed: (the bias (C), the running mean (C)) to
    /// the running mean with which the network gives the same outputs in evaluation.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult WithoutBias(Function answer) => WithoutBiasExercise.Exercise.Check(answer);
}

static class WithoutBiasExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "WithoutBias",
        Title = "The bias removed",
        Solution = WithoutBias,
        Trials = [Trial("three units", 421, 3), Trial("five units", 423, 5)],
        Mistakes =
        [
            new("The running mean stays as it was. In training nothing would show; in evaluation every output would be off by the bias.", (_, mean) => [.. mean]),
            new("The sign is wrong: without the bias the sums are smaller by it, and so is their mean.", (bias, mean) => [.. mean.Zip(bias, (m, b) => m + b)]),
            new("Turned round: the mean less the bias.", (bias, mean) => [.. mean.Zip(bias, (m, b) => b - m)]),
            new("That is the bias; it is taken out of the running mean.", (bias, _) => [.. bias]),
            new("The running mean is not zero without a bias: Wx has a mean, too.", (_, mean) => new double[mean.Length]),
            new("The new running mean is minus the bias in your answer; what Wx had as its mean is lost.", (bias, _) => [.. bias.Select(b => -b)]),
            new("You subtracted the mean of all biases; each unit has its own.", (bias, mean) => [.. mean.Select(m => m - bias.Average())]),
        ],
        Hints =
        [
            "In evaluation the layer computes Wx + b − μ_run. Which μ_run makes the same number out of Wx alone?",
            "Wx + b − μ_run = Wx − (μ_run − b), for each unit.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int units)
    {
        var (bias, mean) = (Numbers.List(seed, units, mean: 0.5), Numbers.List(seed + 1, units, mean: 2));
        return new(name, (f, given) => [Part.Of("running mean", f(given.Copy("bias", bias), given.Copy("runningMean", mean)))]) { Factors = [("C", units)] };
    }

    // solution of WithoutBias
    static double[] WithoutBias(double[] bias, double[] runningMean)
    {
        var mean = new double[bias.Length];
        for (var unit = 0; unit < bias.Length; unit++)
            mean[unit] = runningMean[unit] - bias[unit];
        return mean;
    }
    // end
}
