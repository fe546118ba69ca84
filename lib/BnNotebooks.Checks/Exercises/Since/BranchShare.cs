using Function = System.Func<double, int, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks what share of the variance behind a block its branch has, with batch norm and a fixed factor α in every branch: (α, the
    /// block's number from 1) to the share. De and Smith 2020, section 3.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult BranchShare(Function answer) => BranchShareExercise.Exercise.Check(answer);
}

static class BranchShareExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "BranchShare",
        Title = "A branch's share",
        Solution = BranchShare,
        Trials = [Trial(1, 1), Trial(1, 36), Trial(0.2, 12), Trial(0.5, 3)],
        Mistakes = Slips.Of<Function>([NotSquared, InFront, NoStart, FromZero, OnlyThis, Doubling, AllBranches, Connection, Deviations], has => (alpha, block) => Wrong(alpha, block, has)),
        Hints =
        [
            "Behind batch norm a branch has variance 1, whatever it gets. What variance is left when it is multiplied by α?",
            "The stream starts with 1, and every block adds α²: that is what there is behind block ℓ. The branch of block ℓ itself is one of these α².",
        ],
    };

    static Trial<Function> Trial(double alpha, int block) => new(FormattableString.Invariant($"α = {alpha}, block {block}"), (f, _) => [Part.Of("share", f(alpha, block))]);

    // solution of BranchShare
    static double BranchShare(double alpha, int block)
    {
        var variance = 1.0;
        for (var b = 1; b <= block; b++)
            variance += alpha * alpha;
        return alpha * alpha / variance;
    }
    // end

    const string
        NotSquared = "A factor α multiplies the variance by α², not by α.",
        InFront = "That is the branch against the stream in front of the block; asked is its share behind it, where the branch itself has been added.",
        NoStart = "The stream does not start at 0: the variance 1 of what came in is missing.",
        FromZero = "You counted a block too many: behind block 1 one branch has been added.",
        OnlyThis = "All branches have the factor α, those before, too.",
        Doubling = "That is a branch that follows the stream, as without normalization: its share is the same in all blocks. Behind batch norm its variance is that of the block's own.",
        AllBranches = "That is the share of all branches so far; asked is the one of this block.",
        Connection = "That is the share of what came through the connection; asked is the branch's.",
        Deviations = "That is a share of standard deviations; variances add, deviations do not.";

    static double Wrong(double alpha, int block, Func<string, bool> has)
    {
        var added = has(NotSquared) ? alpha : alpha * alpha;
        var others = has(FromZero) ? block : block - 1;
        var before = has(Doubling) ? 1 : (has(NoStart) ? 0 : 1) + others * (has(OnlyThis) ? 1 : added);
        var all = has(InFront) && before > 0 ? before : before + added;
        var share = (has(AllBranches) ? block : 1) * added / all;
        share = has(Connection) ? 1 - share : share;
        return has(Deviations) ? Math.Sqrt(Math.Abs(share)) : share;
    }
}
