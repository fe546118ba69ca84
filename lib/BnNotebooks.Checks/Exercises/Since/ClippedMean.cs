using Function = System.Func<double[,], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the mean of gradients, each clipped to a largest length: (gradients (samples, weights), bound) to the mean (weights), before any
    /// noise. Abadi and others 2016, algorithm 1.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult ClippedMean(Function answer) => ClippedMeanExercise.Exercise.Check(answer);
}

static class ClippedMeanExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "ClippedMean",
        Title = "The mean of clipped gradients",
        Solution = ClippedMean,
        Trials = [Trial("4 samples, 3 weights", 1811, 4, 3, first: 0.2), Trial("3 samples, 5 weights", 1812, 3, 5, first: 0.2), Trial("a sample whose gradient is zero", 1813, 3, 2, first: 0)],
        Mistakes = Slips.Of<Function>([OfTheMean, Always, EachEntry, NoRoot, Absolute, Sum, Dropped, NotDivided, Whole, OfWeight, RootMeanSquare], has => (gradients, bound) => Wrong(gradients, bound, has)),
        Hints =
        [
            "One sample at a time: the length of its gradient is √Σ g², over its row.",
            "If that is larger than the bound, multiply the whole row by bound/length. If not, leave it as it is.",
            "Now add the rows up, and divide by the number of samples.",
        ],
    };

    // Rows of growing length, so that the bound, their mean length, cuts some and leaves others.
    static Trial<Function> Trial(string name, int seed, int samples, int weights, double first)
    {
        var gradients = Numbers.Table(seed, samples, weights);
        for (var n = 0; n < samples; n++)
            for (var w = 0; w < weights; w++)
                gradients[n, w] *= n == 0 ? first : n;
        var bound = Enumerable.Range(0, samples).Average(n => Math.Sqrt(Enumerable.Range(0, weights).Sum(w => gradients[n, w] * gradients[n, w])));
        return new(name, (f, given) => [Part.Of("mean", f(given.Copy("gradients", gradients), bound))]);
    }

    // solution of ClippedMean
    static double[] ClippedMean(double[,] gradients, double bound)
    {
        var (samples, weights) = (gradients.GetLength(0), gradients.GetLength(1));
        var mean = new double[weights];
        for (var n = 0; n < samples; n++)
        {
            var squares = 0.0;
            for (var w = 0; w < weights; w++)
                squares += gradients[n, w] * gradients[n, w];
            var length = Math.Sqrt(squares);
            var factor = length > bound ? bound / length : 1;
            for (var w = 0; w < weights; w++)
                mean[w] += factor * gradients[n, w] / samples;
        }
        return mean;
    }
    // end

    const string
        OfTheMean = "You clipped the mean; then one sample can still fill it. Clip each sample's gradient, then take the mean.",
        Always = "You brought every gradient to the length of the bound; one that is shorter stays as it is.",
        EachEntry = "You cut each entry at the bound, which turns the gradient; multiply the whole row by one factor.",
        NoRoot = "You compared with the squared length: the root is missing.",
        Absolute = "You took the sum of |g| for the length; it is the root of the sum of squares.",
        Sum = "This is the sum of the clipped gradients; asked is their mean.",
        Dropped = "You left gradients out that are too long; they are shortened to the bound.",
        NotDivided = "You multiplied long gradients by the bound; divide by their length as well.",
        Whole = "You took the length of the whole table; each sample has a length of its own.",
        OfWeight = "You took the length of a column, which is one weight's; a sample's gradient is a row.",
        RootMeanSquare = "You took the root mean square; the length is the root of the sum.";

    static double[] Wrong(double[,] gradients, double bound, Func<string, bool> has)
    {
        var (samples, weights) = (gradients.GetLength(0), gradients.GetLength(1));
        double[][] rows = [.. Enumerable.Range(0, samples).Select(n => Enumerable.Range(0, weights).Select(w => gradients[n, w]).ToArray())];
        double Length(IEnumerable<double> values)
        {
            var squares = values.Sum(value => value * value) / (has(RootMeanSquare) ? values.Count() : 1);
            return has(Absolute) ? values.Sum(Math.Abs) : has(NoRoot) ? squares : Math.Sqrt(squares);
        }
        double Factor(double length) => length <= bound && !has(Always) ? 1 : has(Dropped) ? 0 : has(NotDivided) ? bound : bound / length;
        double Clipped(double value, int w, double[] row) => has(EachEntry) ? Math.Clamp(value, -bound, bound)
            : value * Factor(Length(has(Whole) ? gradients.Cast<double>() : has(OfWeight) ? rows.Select(other => other[w]) : row));
        double[] Mean(double[][] of) => [.. Enumerable.Range(0, weights).Select(w => of.Sum(row => row[w]) / (has(Sum) ? 1 : samples))];

        if (!has(OfTheMean))
            return Mean([.. rows.Select(row => row.Select((value, w) => Clipped(value, w, row)).ToArray())]);
        var mean = Mean(rows);
        return [.. mean.Select((value, w) => Clipped(value, w, mean))];
    }
}
