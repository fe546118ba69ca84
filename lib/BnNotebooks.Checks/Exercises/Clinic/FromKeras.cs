using Function = System.Func<double, double, (double Eps, double Momentum)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the settings of a batch norm that comes from Keras: (its epsilon, its momentum) to what PyTorch and TorchSharp have to be
    /// given.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult FromKeras(Function answer) => FromKerasExercise.Exercise.Check(answer);
}

static class FromKerasExercise
{
    const double TorchEps = 1e-5, TorchMomentum = 0.1;

    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "FromKeras",
        Title = "Settings from Keras",
        Solution = FromKeras,
        Trials = [Trial(1e-3, 0.99), Trial(1e-2, 0.8), Trial(2e-4, 0), Trial(1e-3, 0.7)],
        Mistakes = Slips.Of<Function>([AsItStands, TheirMomentum, TheirEps, Root, Squared, Exchanged, Inverse], has => (epsilon, momentum) => Settings(epsilon, momentum, has)),
        Hints =
        [
            "Does ε mean something else over there? Look at where it stands in the formula of each.",
            "ε goes over as it is, since both add it to the variance. In which of the two is momentum the share of the new batch?",
            "In Keras momentum is the share of the old average, here that of the new batch; the two add up to 1.",
        ],
    };

    static Trial<Function> Trial(double epsilon, double momentum) => new(FormattableString.Invariant($"epsilon {epsilon}, momentum {momentum}"), (f, _) =>
    {
        var (eps, share) = f(epsilon, momentum);
        return [Part.Of("eps", eps), Part.Of("momentum", share)];
    });

    // solution of FromKeras
    static (double Eps, double Momentum) FromKeras(double epsilon, double momentum)
    {
        return (epsilon, 1 - momentum); // Keras: the share of the old; here: of the new
    }
    // end

    const string
        AsItStands = "You took momentum as it stands: in Keras it is the share of the old average, here that of the new batch.",
        TheirMomentum = "You left the momentum at PyTorch's default of 0.1; it has to be as the network was trained.",
        TheirEps = "You left ε at PyTorch's default of 0.00001; the weights were trained with Keras's, so it goes along with them.",
        Root = "You took ε's root; both add ε to the variance, under the root.",
        Squared = "You squared ε; both add ε to the variance, under the root.",
        Exchanged = "The two changed places: ε comes first.",
        Inverse = "You turned the sign of the momentum: it is 1 − momentum, not momentum − 1.";

    static (double, double) Settings(double epsilon, double momentum, Func<string, bool> has)
    {
        var eps = has(TheirEps) ? TorchEps : has(Root) ? Math.Sqrt(epsilon) : has(Squared) ? epsilon * epsilon : epsilon;
        var share = has(AsItStands) ? momentum : has(TheirMomentum) ? TorchMomentum : has(Inverse) ? momentum - 1 : 1 - momentum;
        return has(Exchanged) ? (share, eps) : (eps, share);
    }
}
