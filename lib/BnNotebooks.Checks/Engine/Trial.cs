namespace BnNotebooks.Checks;

/// <summary>One input on which answers are tried.</summary>
/// <param name="Name">What is special about it: <c>4 × 3</c>, or <c>a constant column</c>.</param>
/// <param name="Run">Calls a function with the input and takes its answer apart.</param>
/// <typeparam name="TFunction">The learner's function.</typeparam>
sealed record Trial<TFunction>(string Name, Func<TFunction, Given, Part[]> Run)
{
    /// <summary>Numbers by which an answer may be wrong as a factor, for example N and the learning rate.</summary>
    public (string Name, double Value)[] Factors { get; init; } = [];
}

/// <summary>What a function gave for a trial: its answer's parts, or why there is none.</summary>
sealed record Attempt(string Trial, (string Name, double Value)[] Factors, Part[] Parts, Part[] Inputs, string? Changed, Exception? Failure)
{
    /// <summary>Calls a function with a trial's input.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="answer">The function.</param>
    /// <param name="instead">From the name of an array of the input to other values for it, or null if it stays as it is.</param>
    public static Attempt At<TFunction>(Trial<TFunction> trial, TFunction answer, Func<string, double[]?>? instead = null)
    {
        var given = new Given(instead);
        try
        {
            var parts = trial.Run(answer, given);
            return new(trial.Name, trial.Factors, parts, [.. given.Parts], given.Changed, null);
        }
        catch (Exception failure) // whatever a learner's function throws is an answer, too
        {
            return new(trial.Name, trial.Factors, [], [.. given.Parts], given.Changed, failure);
        }
    }
}
