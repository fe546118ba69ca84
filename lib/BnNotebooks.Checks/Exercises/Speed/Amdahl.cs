using Function = System.Func<double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks how many times as fast threads make a program: (the share of its time that can be shared out, threads) to the factor. Amdahl 1967.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Amdahl(Function answer) => AmdahlExercise.Exercise.Check(answer);
}

static class AmdahlExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Amdahl",
        Title = "What threads can buy",
        Solution = Amdahl,
        Trials = [Trial(0.9, 2), Trial(0.75, 8), Trial(1, 4), Trial(0, 16)],
        Mistakes =
        [
            new("That many times faster is only the part that is shared out; the rest takes as long as before.", (_, threads) => threads),
            new("You added up speeds (Gustafson, for a problem that grows with the threads); here the problem stays, and times add up.", (share, threads) => 1 - share + share * threads),
            new("That is the new time, as a share of the old one; how many times as fast is one over it.", (share, threads) => 1 - share + share / threads),
            new("The shares changed places: what can be shared out is divided by the threads.", (share, threads) => 1 / (share + (1 - share) / threads)),
            new("You forgot the part that cannot be shared out: it adds 1 − share.", (share, threads) => threads / share),
            new("That is the limit for endlessly many threads.", (share, _) => 1 / (1 - share)),
            new("The factor counts for the share only, but the shares are of time, not of speed.", (share, threads) => share * threads),
            new("That is the share of the time that is saved.", (share, threads) => share - share / threads),
        ],
        Hints = ["Let the program take 1. How long does the part that cannot be shared out take on n threads, and how long the rest?", "The new time is (1 − share) + share/n; the factor is 1 over it."],
    };

    static Trial<Function> Trial(double share, int threads) => new(FormattableString.Invariant($"{share} of the time, {threads} threads"), (f, _) => [Part.Of("times as fast", f(share, threads))]);

    // solution of Amdahl
    static double Amdahl(double share, int threads)
    {
        var time = (1 - share) + share / threads; // of a program that took 1
        return 1 / time;
    }
    // end
}
