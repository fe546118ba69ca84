namespace BnNotebooks.Checks.Tests;

/// <summary>What is said of a wrong answer that no exercise knows: from other inputs for which it would be right, and from its slices that are right.</summary>
[Collection("the learner's state")]
public class DiagnosisTests
{
    static readonly Dictionary<string, Func<CheckResult>> answers = new()
    {
        ["The sign of β is wrong"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, gamma, [.. beta.Select(b => -b)], eps)),
        ["this is right for 1/γ"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, [.. gamma.Select(g => 1 / g)], beta, eps)),
        ["γ comes in twice"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, [.. gamma.Select(g => g * g)], beta, eps)),
        ["The mean of γ stands for all"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, [.. gamma.Select(_ => gamma.Average())], beta, eps)),
        ["The last value of g is left out"] = () => Check.SgdStep((p, g, lr) => [.. p.Select((v, i) => i < p.Length - 1 ? v - lr * g[i] : v)]),
        ["The last row of dy is left out"] = () => Check.Backward((dy, x, gamma, eps) => BackwardExercise.Exercise.Solution(Changed(dy, (n, _) => n == dy.GetLength(0) - 1, 0), x, gamma, eps)),
        ["Only the first column is right"] = () => Check.Forward((x, gamma, beta, eps) => Changed(Right(x, gamma, beta, eps), (_, c) => c > 0, 2.5)),
        ["Only the first column is written"] = () => Check.Forward((x, gamma, beta, eps) => Changed(Right(x, gamma, beta, eps), (_, c) => c > 0, 0)),
        ["The last row is 0"] = () => Check.Forward((x, gamma, beta, eps) => Changed(Right(x, gamma, beta, eps), (n, _) => n == x.GetLength(0) - 1, 0)),
        ["All is right but the first row"] = () => Check.Forward((x, gamma, beta, eps) => Changed(Right(x, gamma, beta, eps), (n, _) => n == 0, 2.5)),
        ["Each column is right but for a factor and a number"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, [.. gamma.Select((g, c) => 3 + g * g * c)], [.. beta.Select((b, c) => b + c + 0.5)], eps)),
        ["Each column is right but for a number that is added"] = () => Check.Forward((x, gamma, beta, eps) => Right(x, gamma, [.. beta.Select((b, c) => b + c + 0.5)], eps)),
    };

    public static TheoryData<string> Said => [.. answers.Keys];

    [Theory]
    [MemberData(nameof(Said))]
    public void It_is_said(string words) => Assert.Contains(words, answers[words]().Mistake);

    [Fact]
    public void A_constant_is_no_sign_of_another_input() => Assert.Null(Check.MeanOfColumns(x => [.. Enumerable.Repeat(0.75, x.GetLength(1))]).Mistake);

    static double[,] Right(double[,] x, double[] gamma, double[] beta, double eps) => ForwardExercise.Exercise.Solution(x, gamma, beta, eps);

    static double[,] Changed(double[,] table, Func<int, int, bool> where, double value)
    {
        var changed = (double[,])table.Clone();
        for (var n = 0; n < table.GetLength(0); n++)
            for (var c = 0; c < table.GetLength(1); c++)
                if (where(n, c))
                    changed[n, c] = value;
        return changed;
    }
}
