namespace BnNotebooks.Checks;

/// <summary>Runs the learner's code so that a loop without an end does not take the notebook with it.</summary>
static class TimeLimit
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(10); // every right answer takes milliseconds

    /// <summary>What a function returns, or null if it did not return in time: it then runs on, on a thread that ends with the process.</summary>
    public static T? Run<T>(Func<T> function) where T : class
    {
        if (OperatingSystem.IsBrowser())
            return function(); // no threads there; the page can stop its worker
        T? result = null;
        var thread = new Thread(() => result = function()) { IsBackground = true };
        thread.Start();
        return thread.Join(limit) ? result : null;
    }
}
