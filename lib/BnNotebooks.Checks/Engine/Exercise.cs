namespace BnNotebooks.Checks;

/// <summary>Something that the learner writes, and everything there is to say about it.</summary>
abstract class Exercise
{
    /// <summary>What the method of <see cref="Check"/> is called that checks it: <c>Forward</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the learner reads: <c>Batch norm, forward</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Steps towards the solution, each saying more than the one before. The solution itself comes after them.</summary>
    public required string[] Hints { get; init; }

    /// <summary>The largest relative error that counts as right: double precision loses a few of its 16 digits in any order of operations.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>The solution as C#, as the learner would write it.</summary>
    public string SolutionCode => SolutionText.Of(Name);

    /// <summary>Whether the learner's function was right when it was last checked.</summary>
    public abstract bool IsSolved { get; }

    /// <summary>What is said of the exercise's own solution.</summary>
    public abstract CheckResult CheckSolution();

    /// <summary>What is said of each of the exercise's mistakes, or of each two at once.</summary>
    public abstract IEnumerable<(string Mistake, CheckResult Result)> CheckMistakes(bool pairs);

    /// <summary>A hint by its number, from 0; from the number of hints on, the solution.</summary>
    public Hint HintAt(int number) => number < Hints.Length
        ? new($"{Title}, hint {number + 1} of {Hints.Length}", Hints[number], null)
        : new($"{Title}, the solution", "", SolutionCode);
}

/// <summary>An exercise whose answer is a function.</summary>
/// <typeparam name="TFunction">The function's type.</typeparam>
sealed class Exercise<TFunction> : Exercise where TFunction : Delegate
{
    /// <summary>A right answer.</summary>
    public required TFunction Solution
    {
        get;
        init => field = Mine = value;
    }

    /// <summary>The inputs on which an answer is tried.</summary>
    public required Trial<TFunction>[] Trials { get; init; }

    /// <summary>Mistakes that are recognized, the likelier ones first.</summary>
    public required Mistake<TFunction>[] Mistakes { get; init; }

    /// <summary>The learner's function if it was right when it was last checked, otherwise the solution.</summary>
    public TFunction Mine { get; private set; } = null!;

    public override bool IsSolved => !ReferenceEquals(Mine, Solution);

    public override CheckResult CheckSolution() => new Examination<TFunction>(this, Solution).Result();

    public override IEnumerable<(string Mistake, CheckResult Result)> CheckMistakes(bool pairs) =>
        Mistakes.Where(mistake => mistake.IsPair == pairs).Select(mistake => (mistake.Name, new Examination<TFunction>(this, mistake.Wrong).Result()));

    /// <summary>Tries an answer.</summary>
    /// <param name="answer">The learner's function.</param>
    public CheckResult Check(TFunction answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Checks.Check.Last = this;
        var result = new Examination<TFunction>(this, answer).Result();
        Mine = result.Status == CheckStatus.Solved ? answer : Solution;
        return result;
    }
}
