using Function = System.Func<double[], double[,], int, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how a token's attention is shared out in a causal model: (its query (d), the keys (tokens, d), its position from 0) to the
    /// weights (tokens). Vaswani and others 2017, equation 1.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult AttentionWeights(Function answer) => AttentionWeightsExercise.Exercise.Check(answer);
}

static class AttentionWeightsExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "AttentionWeights",
        Title = "Causal attention",
        Solution = AttentionWeights,
        Trials =
        [
            Trial("the third of 5 tokens, d = 4", 1901, 5, 4, position: 2),
            Trial("the first of 6 tokens, d = 3", 1902, 6, 3, position: 0),
            Trial("the last of 4 tokens, d = 2", 1903, 4, 2, position: 3),
            Trial("large logits, d = 6", 1904, 5, 6, position: 3, spread: 800),
        ],
        Mistakes = Slips.Of<Function>([Overflow, NoScale, ByD, ByTokens, Multiplied, NoMask, NotItself, LaterOnly, ZeroLogits, MaskedAfter, NotShared, NoSoftmax], has => (q, keys, position) => Wrong(q, keys, position, has)),
        Hints =
        [
            "The logit of token j is q · k_j / √d, with d the length of q. Only the tokens 0 to position have one.",
            "Softmax over these logits alone; a later token gets the weight 0. (Setting its logit to −∞ does the same.)",
            "Subtract the largest logit before Math.Exp: exp(1000) is ∞.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int tokens, int d, int position, double spread = 1)
    {
        var (q, keys) = (Numbers.List(seed, d, spread: spread), Numbers.Table(seed + 10, tokens, d));
        return new(name, (f, given) => [Part.Of("weights", f(given.Copy("q", q), given.Copy("keys", keys), position))]);
    }

    // solution of AttentionWeights
    static double[] AttentionWeights(double[] q, double[,] keys, int position)
    {
        var (tokens, d) = (keys.GetLength(0), keys.GetLength(1));
        var logits = new double[position + 1];
        for (var j = 0; j <= position; j++)
            for (var c = 0; c < d; c++)
                logits[j] += q[c] * keys[j, c] / Math.Sqrt(d);

        var (largest, sum) = (logits.Max(), 0.0);
        for (var j = 0; j <= position; j++)
            sum += Math.Exp(logits[j] - largest);
        var weights = new double[tokens]; // 0 for all later tokens
        for (var j = 0; j <= position; j++)
            weights[j] = Math.Exp(logits[j] - largest) / sum;
        return weights;
    }
    // end

    const string
        Overflow = "exp of a large logit is ∞, and ∞/∞ is NaN: subtract the largest logit first.",
        NoScale = "The division by √d is missing.",
        ByD = "You divided by d; it is √d.",
        ByTokens = "You divided by the root of the number of tokens; d is the length of a query.",
        Multiplied = "You multiplied by √d; the products are divided by it.",
        NoMask = "The later tokens have weights: a causal model must not see them.",
        NotItself = "A token sees itself, too: the tokens 0 to position, that one included.",
        LaterOnly = "The mask is the wrong way round: the tokens before are seen, not those after.",
        ZeroLogits = "You gave later tokens the logit 0, and exp(0) is 1: it must be −∞.",
        MaskedAfter = "You took softmax over all tokens and then crossed out the later ones: the rest no longer adds up to 1.",
        NotShared = "The exponentials are not divided by their sum.",
        NoSoftmax = "These are the logits; softmax makes weights of them.";

    static double[] Wrong(double[] q, double[,] keys, int position, Func<string, bool> has)
    {
        var (tokens, d) = (keys.GetLength(0), keys.GetLength(1));
        var root = Math.Sqrt(has(ByTokens) ? tokens : d);
        var scale = has(NoScale) ? 1 : has(ByD) ? d : has(Multiplied) ? 1 / root : root;
        bool Seen(int j) => has(LaterOnly) ? j >= position : has(NotItself) ? j < position : j <= position;
        double[] logits = [.. Enumerable.Range(0, tokens).Select(j => Enumerable.Range(0, d).Sum(c => q[c] * keys[j, c]) / scale)];
        int[] competing = [.. Enumerable.Range(0, tokens).Where(j => Seen(j) || has(NoMask) || has(MaskedAfter) || has(ZeroLogits))];
        double Logit(int j) => has(ZeroLogits) && !Seen(j) ? 0 : logits[j];
        var largest = has(Overflow) || competing.Length == 0 ? 0 : competing.Max(Logit);
        var sum = has(NotShared) ? 1 : competing.Sum(j => Math.Exp(Logit(j) - largest));
        return [.. Enumerable.Range(0, tokens).Select(j => !competing.Contains(j) || has(MaskedAfter) && !Seen(j) ? 0
            : has(NoSoftmax) ? Logit(j) : Math.Exp(Logit(j) - largest) / sum)];
    }
}
