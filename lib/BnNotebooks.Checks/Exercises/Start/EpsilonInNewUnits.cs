using Function = System.Func<double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what becomes of ε when a column is measured in other units: (ε, the factor by which all values grow) to the ε with which the
    /// normalized values stay the same.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult EpsilonInNewUnits(Function answer) => EpsilonInNewUnitsExercise.Exercise.Check(answer);
}

static class EpsilonInNewUnitsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "EpsilonInNewUnits",
        Title = "ε in new units",
        Solution = EpsilonInNewUnits,
        Trials = [Trial("ε = 1e-5 and values a thousand times as large", 1e-5, 1000), Trial("ε = 0.3 and values a quarter as large", 0.3, 0.25)],
        Mistakes =
        [
            new("ε grows with the square of the factor: it is added to a variance, and that has the unit squared.", (eps, factor) => eps * factor),
            new("ε stays as it is in your answer. But the variance beside it grows, so the same ε would do less.", (eps, _) => eps),
            new("The other way round: larger values have a larger variance, so ε must grow with them.", (eps, factor) => eps / (factor * factor)),
            new("The other way round, and squared: ε is added to a variance, which grows with the square of the factor.", (eps, factor) => eps / factor),
            new("You took the factor's root; a variance grows with its square.", (eps, factor) => eps * Math.Sqrt(factor)),
            new("You squared ε as well; only the factor is squared.", (eps, factor) => eps * eps * factor * factor),
        ],
        Hints =
        [
            "Write down x̂ = (x − μ)/√(σ² + ε) with k·x in place of x. What becomes of μ, and of σ²?",
            "μ becomes k·μ and σ² becomes k²·σ². The k in the numerator has to cancel against something that can be taken out of the root.",
        ],
    };

    static Trial<Function> Trial(string name, double eps, double factor) => new(name, (f, _) => [Part.Of("ε", f(eps, factor))]);

    // solution of EpsilonInNewUnits
    static double EpsilonInNewUnits(double eps, double factor) => eps * factor * factor;
    // end
}
