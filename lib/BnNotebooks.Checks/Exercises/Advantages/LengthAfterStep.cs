using Function = System.Func<double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks how long weights in front of a batch norm are after a step of SGD: (‖w‖, learning rate, ‖∂ℓ/∂w‖) to the new ‖w‖. The gradient
    /// is orthogonal to w. Arora, Li and Lyu 2019.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult LengthAfterStep(Function answer) => LengthAfterStepExercise.Exercise.Check(answer);
}

static class LengthAfterStepExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "LengthAfterStep",
        Title = "The brake: how long the weights get",
        Solution = LengthAfterStep,
        Trials = [Trial(3, 0.5, 8), Trial(1, 0.1, 0.7), Trial(20, 30, 2)],
        Mistakes =
        [
            new("You added the step to the length; it stands at a right angle to w, so Pythagoras adds the squares.", (length, rate, gradient) => length + rate * gradient),
            new("You subtracted the step from the length; it stands at a right angle to w, so the length can only grow.", (length, rate, gradient) => length - rate * gradient),
            new("You subtracted the squares; w and the step are the short sides of the triangle.", (length, rate, gradient) => Math.Sqrt(Math.Abs(length * length - rate * rate * gradient * gradient))),
            new("The root is missing: that is ‖w‖² after the step.", (length, rate, gradient) => length * length + rate * rate * gradient * gradient),
            new("The learning rate has to be squared, too: the step is rate·gradient.", (length, rate, gradient) => Math.Sqrt(length * length + rate * gradient * gradient)),
            new("The learning rate is missing: the step is rate·gradient.", (length, rate, gradient) => Math.Sqrt(length * length + gradient * gradient)),
            new("The length changes: a step at a right angle makes it longer, whatever its sign.", (length, _, _) => length),
            new("You divided the gradient by the length; ‖∂ℓ/∂w‖ is what it is already.", (length, rate, gradient) => Math.Sqrt(length * length + Math.Pow(rate * gradient / length, 2))),
            new("The gradient has to be squared, too: the step is rate·gradient.", (length, rate, gradient) => Math.Sqrt(length * length + rate * rate * gradient)),
        ],
        Hints =
        [
            "Draw w, and the step at a right angle at its tip. Which side of the triangle is the new w?",
            "Pythagoras: the new square is the old one plus that of the step, and the step is rate·gradient.",
        ],
    };

    static Trial<Function> Trial(double length, double rate, double gradient) =>
        new(FormattableString.Invariant($"‖w‖ = {length}, rate {rate}, gradient {gradient}"), (f, _) => [Part.Of("‖w‖", f(length, rate, gradient))]);

    // solution of LengthAfterStep
    static double LengthAfterStep(double length, double rate, double gradient)
    {
        var step = rate * gradient;
        return Math.Sqrt(length * length + step * step);
    }
    // end
}
