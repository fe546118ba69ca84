using Function = System.Func<double[], double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks switchable norm's mixture: (a learned number for each of the statistics, the statistics) to their mean with softmax weights.
    /// Luo and others 2019.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult SwitchableMixture(Function answer) => SwitchableMixtureExercise.Exercise.Check(answer);
}

static class SwitchableMixtureExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "SwitchableMixture",
        Title = "Switchable norm's mixture",
        Solution = SwitchableMixture,
        Trials = [Trial("three means", [0.5, -1, 2], [1.5, 0.2, -3]), Trial("nothing learned yet", [0, 0, 0], [4, 1, 2.5]), Trial("large numbers", [800, 801, 799], [1, 2, 3])],
        Mistakes =
        [
            new(Overflow, (logits, values) => logits.Zip(values, (l, v) => Math.Exp(l) * v).Sum() / logits.Sum(Math.Exp)),
            new(Overflow, (logits, values) => logits.Zip(values, (l, v) => Math.Exp(l) / logits.Sum(Math.Exp) * v).Sum()),
            new("The exponentials have to be divided by their sum, so that the weights add up to 1.", (logits, values) => logits.Zip(values, (l, v) => Math.Exp(l) * v).Sum()),
            new("You took the learned numbers themselves for weights; softmax makes them positive with a sum of 1.", (logits, values) => logits.Zip(values, (l, v) => l * v).Sum()),
            new("You divided the learned numbers by their sum, without exp: a negative one would get a negative weight.", (logits, values) => logits.Zip(values, (l, v) => l * v).Sum() / logits.Sum()),
            new("All got the same weight; the learned numbers decide.", (_, values) => values.Average()),
            new("You took the statistics of the largest number alone; it is a mixture.", (logits, values) => values[Array.IndexOf(logits, logits.Max())]),
            new("The sign in the exponent is wrong: a larger number means a larger weight.", (logits, values) => Mixed([.. logits.Select(l => -l)], values)),
            new("You divided by the number of statistics besides; the weights add up to 1 already.", (logits, values) => Mixed(logits, values) / logits.Length),
            new("You mixed the logarithms; the weights multiply the statistics themselves.", (logits, values) => Math.Exp(Mixed(logits, [.. values.Select(v => Math.Log(Math.Abs(v)))]))),
        ],
        Hints =
        [
            "softmax: each weight is exp(its number) over the sum of all the exponentials.",
            "exp(800) is beyond a double. Subtract the largest number from all of them first: the weights stay what they are.",
            "The mixture is Σ weight·statistic.",
        ],
    };

    const string Overflow = "The weights are right as long as exp does not overflow: exp(800) is infinite, and infinite over infinite no number. Subtract the largest number from all first.";

    static Trial<Function> Trial(string name, double[] logits, double[] values) =>
        new(name, (f, given) => [Part.Of("mixture", f(given.Copy("learned", logits), given.Copy("statistics", values)))]);

    static double Mixed(double[] logits, double[] values) => SwitchableMixture(logits, values);

    // solution of SwitchableMixture
    static double SwitchableMixture(double[] learned, double[] statistics)
    {
        double largest = double.NegativeInfinity, sum = 0, mixture = 0;
        foreach (var number in learned)
            largest = Math.Max(largest, number);
        for (var k = 0; k < learned.Length; k++)
        {
            var weight = Math.Exp(learned[k] - largest); // the sum divides it below
            sum += weight;
            mixture += weight * statistics[k];
        }
        return mixture / sum;
    }
    // end
}
