using Function = System.Func<double[,], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks the stable rank of a table (N, C): ‖H‖_F²/‖H‖₂², in how many directions its rows go. Rudelson and Vershynin 2007.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult StableRank(Function answer) => StableRankExercise.Exercise.Check(answer);
}

static class StableRankExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "StableRank",
        Title = "The stable rank",
        Solution = StableRank,
        Tolerance = 1e-6, // an iteration may stop a little early
        Trials =
        [
            Trial("rows in several directions", new double[,] { { 2, 1 }, { 0, 3 }, { 1, -1 }, { 2, 2 } }),
            Trial("a 5 × 3 table", Numbers.Table(361, 5, 3)),
            Trial("rows that all point one way", new double[,] { { 1, 2, 0.5 }, { 2, 4, 1 }, { 3, 6, 1.5 } }),
        ],
        Mistakes =
        [
            new("The squares are missing: it is ‖H‖_F² over ‖H‖₂².", h => Math.Sqrt(StableRank(h))),
            new("Upside down: the Frobenius norm is at least the spectral one, so the stable rank is at least 1.", h => 1 / StableRank(h)),
            new("The spectral norm below lacks its square.", h => Squares(h) / Math.Sqrt(Largest(h))),
            new("The Frobenius norm above lacks its square.", h => Math.Sqrt(Squares(h)) / Largest(h)),
            new("You took the longest row for ‖H‖₂. It is how much H stretches any vector at most, √ of the largest eigenvalue of HᵀH.", h => Squares(h) / Rows(h).Max(row => row.Sum(v => v * v))),
            new("You took the largest entry for ‖H‖₂. It is how much H stretches any vector at most, √ of the largest eigenvalue of HᵀH.", h => Squares(h) / h.Cast<double>().Max(v => v * v)),
            new("You subtracted the columns' means first. What all rows have in common counts here: it is what takes over.", h => StableRank(Centred(h))),
            new("That is ‖H‖₂² itself, the largest eigenvalue of HᵀH; the sum of the squares has to be divided by it.", Largest),
            new("That is ‖H‖_F², the sum of the squares; divide it by the largest eigenvalue of HᵀH.", Squares),
            new("You took one step of the power iteration, from a vector of ones. It has to be repeated until nothing changes.", h => Squares(h) / Largest(h, rounds: 1)),
        ],
        Hints =
        [
            "‖H‖_F² is the sum of all squared entries. ‖H‖₂² is the largest eigenvalue of HᵀH.",
            "Take any vector v, and repeat: u = Hv, then v = Hᵀu, then divide v by its length. v turns towards the direction that H stretches most.",
            "The length of Hᵀ(Hv), for v of length 1, becomes the largest eigenvalue.",
        ],
    };

    static Trial<Function> Trial(string name, double[,] h) =>
        new(name, (f, given) => [Part.Of("stable rank", f(given.Copy("h", h)))]) { Factors = [("N", h.GetLength(0)), ("C", h.GetLength(1))] };

    // solution of StableRank
    static double StableRank(double[,] h)
    {
        var (N, C) = (h.GetLength(0), h.GetLength(1));
        double squares = 0, largest = 0;
        foreach (var value in h)
            squares += value * value;

        var v = new double[C];
        Array.Fill(v, 1);                       // anywhere: it turns by itself
        for (var round = 0; round < 500; round++)
        {
            var length = Math.Sqrt(v.Sum(a => a * a));
            var next = new double[C];
            for (var n = 0; n < N; n++)
            {
                double stretched = 0;           // row n of H v
                for (var c = 0; c < C; c++)
                    stretched += h[n, c] * v[c] / length;
                for (var c = 0; c < C; c++)
                    next[c] += h[n, c] * stretched;
            }
            largest = Math.Sqrt(next.Sum(a => a * a));
            v = next;
        }
        return squares / largest;
    }
    // end

    static double Squares(double[,] h) => h.Cast<double>().Sum(v => v * v);

    static double[][] Rows(double[,] h) => [.. Enumerable.Range(0, h.GetLength(0)).Select(n => Enumerable.Range(0, h.GetLength(1)).Select(c => h[n, c]).ToArray())];

    static double Largest(double[,] h) => Largest(h, rounds: 500);

    static double Largest(double[,] h, int rounds)
    {
        var rows = Rows(h);
        var v = Enumerable.Repeat(1.0, h.GetLength(1)).ToArray();
        var length = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var before = Math.Sqrt(v.Sum(a => a * a));
            var stretched = rows.Select(row => row.Zip(v, (a, b) => a * b).Sum() / before).ToArray();
            v = [.. v.Select((_, c) => rows.Zip(stretched, (row, s) => row[c] * s).Sum())];
            length = Math.Sqrt(v.Sum(a => a * a));
        }
        return length;
    }

    static double[,] Centred(double[,] h)
    {
        var result = (double[,])h.Clone();
        for (var c = 0; c < h.GetLength(1); c++)
            for (var n = 0; n < h.GetLength(0); n++)
                result[n, c] -= Rows(h).Average(row => row[c]);
        return result;
    }
}
