using Function = System.Func<double[], double[], double[], double, double, (double[] P, double[] V)>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a step with momentum as PyTorch takes it: (parameters, gradients, velocity, learning rate, momentum) to the new parameters
    /// and the new velocity. Polyak 1964.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult Momentum(Function answer) => MomentumExercise.Exercise.Check(answer);
}

static class MomentumExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "Momentum",
        Title = "A step with momentum",
        Solution = Momentum,
        Trials = [Trial("5 parameters", seed: 95, 5, lr: 0.1, mu: 0.9), Trial("3 parameters", seed: 96, 3, lr: 0.4, mu: 0.7)],
        Mistakes = Slips.Of<Function>([Average, RateInside, NoMomentum, OldVelocity, MinusGradient, RateForgotten, Uphill, Nesterov, NotDamped, RateTwice], has => (p, g, v, lr, mu) => Wrong(p, g, v, lr, mu, has), OtherWay),
        Hints =
        [
            "Two lines for each parameter: first the velocity changes, then the parameter moves by it.",
            "v = μ·v + g, and with the new velocity p = p − η·v. PyTorch keeps η out of the velocity, and gives g its whole weight.",
        ],
    };

    static Trial<Function> Trial(string name, int seed, int n, double lr, double mu)
    {
        var (p, g, v) = (Numbers.List(seed, n), Numbers.List(seed + 10, n), Numbers.List(seed + 20, n));
        return new(name, (f, given) =>
        {
            var (nextP, nextV) = f(given.Copy("p", p), given.Copy("g", g), given.Copy("v", v), lr, mu);
            return [Part.Of("velocity", nextV), Part.Of("parameters", nextP)];
        })
        { Factors = [("the learning rate", lr), ("the momentum", mu)] };
    }

    // solution of Momentum
    static (double[] P, double[] V) Momentum(
        double[] p, double[] g, double[] v, double lr, double momentum)
    {
        var (nextP, nextV) = (new double[p.Length], new double[p.Length]);
        for (var i = 0; i < p.Length; i++)
        {
            nextV[i] = momentum * v[i] + g[i];
            nextP[i] = p[i] - lr * nextV[i];
        }
        return (nextP, nextV);
    }
    // end

    const string
        Average = "You weighted the gradient with 1 − μ, as in an average (Adam does); here it has its whole weight: v = μ·v + g.",
        RateInside = "You put the learning rate into the velocity, v = μ·v + η·g; PyTorch keeps it outside, so that a new rate acts at once.",
        NoMomentum = "The old velocity is missing: v = μ·v + g.",
        OldVelocity = "You moved by the old velocity; first it changes, then the parameter moves.",
        MinusGradient = "You subtracted the gradient in the velocity, v = μ·v − g; the minus stands in p − η·v.",
        RateForgotten = "The learning rate is missing: p − η·v.",
        Uphill = "You went uphill: p − η·v.",
        Nesterov = "This is Nesterov's step, p − η·(g + μ·v); the plain one is p − η·v.",
        NotDamped = "You kept the whole old velocity, v + g; it keeps a share of μ.",
        OtherWay = "You have momentum the other way round, (1 − μ)·v + μ·g; it is the share of the old velocity that stays: v = μ·v + g.",
        RateTwice = "The learning rate is in it twice.";

    static (double[] P, double[] V) Wrong(double[] p, double[] g, double[] v, double lr, double mu, Func<string, bool> has)
    {
        var share = (has(Average) ? 1 - mu : 1) * (has(RateInside) ? lr : 1) * (has(MinusGradient) ? -1 : 1);
        double[] nextV = [.. v.Zip(g, (old, slope) => has(OtherWay) ? (1 - mu) * old + mu * slope : (has(NoMomentum) ? 0 : has(NotDamped) ? 1 : mu) * old + share * slope)];
        double Step(int i) => has(OldVelocity) ? v[i] : has(Nesterov) ? g[i] + mu * nextV[i] : nextV[i];
        var rate = (has(RateForgotten) || has(RateInside) ? 1 : has(RateTwice) ? lr * lr : lr) * (has(Uphill) ? -1 : 1);
        return ([.. p.Select((value, i) => value - rate * Step(i))], nextV);
    }
}
