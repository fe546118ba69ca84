using Function = System.Func<double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks which share of those who are alarmed are ill: (sensitivity, specificity, share of the ill among all) to the predictive value. Bayes.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult PredictiveValue(Function answer) => PredictiveValueExercise.Exercise.Check(answer);
}

static class PredictiveValueExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "PredictiveValue",
        Title = "How many of the alarmed are ill",
        Solution = PredictiveValue,
        Trials = [Trial(0.976, 0.966, 0.006), Trial(0.976, 0.966, 0.4), Trial(0.8, 0.9, 0.1)],
        Mistakes =
        [
            new("That is the sensitivity: of the ill, who is alarmed. Asked is the other way round: of the alarmed, who is ill.", (sensitivity, _, _) => sensitivity),
            new("That is the specificity: of the well, who is not alarmed. Asked is: of the alarmed, who is ill.", (_, specificity, _) => specificity),
            new("You forgot how rare the illness is: the ill and the well have to be weighed by their shares.", (se, sp, _) => se / (se + 1 - sp)),
            new("That is the accuracy, the share of all who are told right.", (se, sp, ill) => se * ill + sp * (1 - ill)),
            new("That is the share of all who are ill and alarmed; divide it by all who are alarmed.", (se, _, ill) => se * ill),
            new("That is the share of all who are alarmed; asked is how many of these are ill.", (se, sp, ill) => se * ill + (1 - sp) * (1 - ill)),
            new("The well who are alarmed are 1 − specificity of them; you took the specificity.", (se, sp, ill) => se * ill / (se * ill + sp * (1 - ill))),
            new("That is for those who are not alarmed: how many of these are well.", (se, sp, ill) => sp * (1 - ill) / (sp * (1 - ill) + (1 - se) * ill)),
            new("The shares of the ill and of the well changed places.", (se, sp, ill) => se * (1 - ill) / (se * (1 - ill) + (1 - sp) * ill)),
            new("The false alarms come from the well, who are 1 − the share of the ill; you did not weigh them.", (se, sp, ill) => se * ill / (se * ill + 1 - sp)),
        ],
        Hints =
        [
            "Take 10,000 people. How many of them are ill and alarmed, and how many are well and alarmed all the same?",
            "Ill and alarmed: sensitivity · ill. Well and alarmed: (1 − specificity) · (1 − ill). The answer is the first over both together.",
        ],
    };

    static Trial<Function> Trial(double sensitivity, double specificity, double ill) =>
        new(FormattableString.Invariant($"{sensitivity}, {specificity} and {ill} of all ill"), (f, _) => [Part.Of("predictive value", f(sensitivity, specificity, ill))]);

    // solution of PredictiveValue
    static double PredictiveValue(double sensitivity, double specificity, double ill)
    {
        var rightly = sensitivity * ill;
        var wrongly = (1 - specificity) * (1 - ill);
        return rightly / (rightly + wrongly);
    }
    // end
}
