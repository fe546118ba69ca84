using Function = System.Func<int, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks which momentum (PyTorch's) leaves a given share of the start in the running statistics after a number of batches: (batches,
    /// share) to the momentum.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult MomentumFor(Function answer) => MomentumForExercise.Exercise.Check(answer);
}

static class MomentumForExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "MomentumFor",
        Title = "A momentum for a short run",
        Solution = MomentumFor,
        Trials = [Trial(200, 0.01), Trial(20, 0.05), Trial(1, 0.3), Trial(50, 0.5)],
        Mistakes =
        [
            new("That is Keras's momentum, the share of the old; PyTorch's is one minus that.", (batches, left) => Math.Pow(left, 1.0 / batches)),
            new("1 divided by the batches is a whole-number division and gives 0 (but for one batch): write 1.0 / batches.", (batches, left) => 1 - Math.Pow(left, 1 / batches)),
            new("The shares multiply from batch to batch, (1 − momentum)^batches; you divided what must go evenly.", (batches, left) => (1 - left) / batches),
            new("That is −ln(share)/batches, which is near it for small momenta only.", (batches, left) => -Math.Log(left) / batches),
            new("That is what such a momentum leaves after the batches; asked is the momentum.", (batches, left) => Math.Pow(1 - left, batches)),
            new("You took the share to the power of the batches; it is the root, the power 1/batches.", (batches, left) => 1 - Math.Pow(left, batches)),
            new("You solved for a momentum that removes the share; it has to be left: (1 − momentum)^batches = share.", (batches, left) => 1 - Math.Pow(1 - left, 1.0 / batches)),
            new("That is a plain average's share of one batch, 1/batches; it has no start in it at all.", (batches, _) => 1.0 / batches),
            new("You counted a batch too many.", (batches, left) => 1 - Math.Pow(left, 1.0 / (batches + 1))),
            new("You took 2/(batches + 1), a rule for the length of a memory; asked is what is left of the start.", (batches, _) => 2.0 / (batches + 1)),
        ],
        Hints = ["What is left of the start after n batches? Write it with the momentum α.", "(1 − α)^n = share. Take the n-th root, which is the power 1/n.", "α = 1 − share^(1/n), with 1.0 / n so that nothing is cut off."],
    };

    static Trial<Function> Trial(int batches, double left) =>
        new(FormattableString.Invariant($"{batches} batches, a share of {left}"), (f, _) => [Part.Of("momentum", f(batches, left))]);

    // solution of MomentumFor
    static double MomentumFor(int batches, double left)
    {
        return 1 - Math.Pow(left, 1.0 / batches); // from (1 − α)ⁿ = left
    }
    // end
}
