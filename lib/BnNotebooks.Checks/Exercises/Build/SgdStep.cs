using Function = System.Func<double[], double[], double, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks a step of gradient descent: (parameters, their gradients, learning rate) to the new parameters.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult SgdStep(Function answer) => SgdStepExercise.Exercise.Check(answer);
}

static class SgdStepExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "SgdStep",
        Title = "A step of gradient descent",
        Solution = SgdStep,
        Trials = [Trial("5 parameters", seed: 91, 5, lr: 0.1), Trial("3 parameters and a large rate", seed: 92, 3, lr: 2.5)],
        Mistakes =
        [
            new("You went uphill: the gradient is subtracted.", Each((p, g, lr) => p + lr * g)),
            new("The learning rate is missing: p − η·g.", Each((p, g, _) => p - g)),
            new("This is the step alone; take it from the parameter: p − η·g.", Each((_, g, lr) => lr * g)),
            new("This is the step alone; add it to the parameter: p − η·g.", Each((_, g, lr) => -lr * g)),
            new("You divided the gradient by the learning rate; it is multiplied.", Each((p, g, lr) => p - g / lr)),
            new("You multiplied the parameter by the rate as well: p − η·g.", Each((p, g, lr) => lr * (p - g))),
            new("You took the gradient's sign, not the gradient.", Each((p, g, lr) => p - lr * Math.Sign(g))),
            new("Parameters and gradients changed places.", Each((p, g, lr) => g - lr * p)),
            new("You mixed old and step, (1 − η)·p − η·g; the parameter keeps its whole weight.", Each((p, g, lr) => (1 - lr) * p - lr * g)),
            new("You multiplied the gradient by 1 − η; it is η, the learning rate.", Each((p, g, lr) => p - (1 - lr) * g)),
            new("You took the gradient's absolute value: a negative gradient moves the parameter up.", Each((p, g, lr) => p - lr * Math.Abs(g))),
            new("You multiplied p, not subtracted from it: p·(1 − η·g).", Each((p, g, lr) => p * (1 - lr * g))),
        ],
        Hints = ["The gradient points uphill; a step goes a little of the way down.", "New parameter = old parameter − learning rate · its gradient, in a new array."],
    };

    static Trial<Function> Trial(string name, int seed, int n, double lr)
    {
        var (p, g) = (Numbers.List(seed, n), Numbers.List(seed + 10, n));
        return new(name, (f, given) => [Part.Of("parameters", f(given.Copy("p", p), given.Copy("g", g), lr))]) { Factors = [("the learning rate", lr)] };
    }

    // solution of SgdStep
    static double[] SgdStep(double[] p, double[] g, double lr)
    {
        var next = new double[p.Length];
        for (var i = 0; i < p.Length; i++)
            next[i] = p[i] - lr * g[i];
        return next;
    }
    // end

    static Function Each(Func<double, double, double, double> of) => (p, g, lr) => [.. p.Zip(g, (a, b) => of(a, b, lr))];
}
