using Function = System.Func<double[], double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the entropy of a network's answer, which Tent makes small: logits to nats. Wang and others 2021, section 3.1.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult AnswerEntropy(Function answer) => AnswerEntropyExercise.Exercise.Check(answer);
}

static class AnswerEntropyExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "AnswerEntropy",
        Title = "The entropy of an answer",
        Solution = AnswerEntropy,
        Trials =
        [
            Trial("4 classes", Numbers.List(1801, 4)),
            Trial("10 classes", Numbers.List(1802, 10, spread: 2)),
            Trial("logits near 1000", Numbers.List(1803, 5, mean: 1000)),
            Trial("a class that is as good as impossible", [1.5, 0.3, -900]),
        ],
        Mistakes = Slips.Of<Function>([Overflow, LogOfZero, Sign, Base2, Mean, NotWeighted, Largest, Relative, NoLog, Exponential, Logits, TwiceSoftmax], has => logits => Wrong(logits, has)),
        Hints =
        [
            "First the probabilities: p = exp(z) / Σ exp(z), with the largest logit subtracted from all, since exp(1000) is ∞. Then −Σ p·log p.",
            "A probability may be 0 in double, and 0·log 0 is NaN. Take log p from the logits instead: log p = z − largest − log Σ exp(z − largest), which is never −∞.",
        ],
    };

    static Trial<Function> Trial(string name, double[] logits) =>
        new(name, (f, given) => [Part.Of("entropy", f(given.Copy("logits", logits)))]);

    // solution of AnswerEntropy
    static double AnswerEntropy(double[] logits)
    {
        double largest = logits.Max(), sum = 0, entropy = 0;
        foreach (var z in logits)
            sum += Math.Exp(z - largest);
        foreach (var z in logits)
        {
            var logP = z - largest - Math.Log(sum);
            entropy -= Math.Exp(logP) * logP;
        }
        return entropy;
    }
    // end

    const string
        Overflow = "exp of a large logit is ∞, and ∞/∞ is NaN: subtract the largest logit from all of them first.",
        LogOfZero = "0·log 0 is NaN: where p is too small for a double, take log p from the logits, or leave that class out.",
        Sign = "The minus is missing: logs of probabilities are negative, the entropy is not.",
        Base2 = "You took the logarithm to base 2, so these are bits; asked are nats.",
        Mean = "You took the mean over the classes; the entropy is the sum.",
        NotWeighted = "You added the logs of all probabilities; each counts as often as its class, so multiply by p.",
        Largest = "That is −log of the largest probability, the loss with the network's own answer for a label; the entropy asks all classes.",
        Relative = "You divided by the logarithm of the number of classes; that is a share of the largest entropy.",
        NoLog = "You summed p·(1 − p), the Gini index; the entropy is −Σ p·log p.",
        Exponential = "That is e to the entropy, the perplexity.",
        Logits = "You weighted the logits themselves, −Σ p·z; what counts is the logarithm of the probability.",
        TwiceSoftmax = "You took softmax twice: probabilities went into softmax again.";

    static double Wrong(double[] logits, Func<string, bool> has)
    {
        var logs = LogsOfShares(logits, has);
        logs = has(TwiceSoftmax) ? LogsOfShares([.. logs.Select(Math.Exp)], has) : logs;
        double Log(double log) => (has(LogOfZero) ? Math.Log(Math.Exp(log)) : log) / (has(Base2) ? Math.Log(2) : 1);
        var terms = logs.Select((log, k) => has(NoLog) ? Math.Exp(log) * (1 - Math.Exp(log))
            : (has(NotWeighted) ? 1 : Math.Exp(log)) * -(has(Logits) ? logits[k] : Log(log)));
        var entropy = has(Largest) ? -Log(logs.Max()) : has(Mean) ? terms.Average() : terms.Sum();
        entropy = (has(Sign) ? -1 : 1) * entropy / (has(Relative) ? Math.Log(logits.Length) : 1);
        return has(Exponential) ? Math.Exp(entropy) : entropy;
    }

    static double[] LogsOfShares(double[] logits, Func<string, bool> has)
    {
        var largest = has(Overflow) ? 0 : logits.Max();
        var sum = logits.Sum(z => Math.Exp(z - largest));
        // ∞/∞ as it happens when the exponentials come first.
        return double.IsInfinity(sum) ? [.. logits.Select(_ => double.NaN)] : [.. logits.Select(z => z - largest - Math.Log(sum))];
    }
}
