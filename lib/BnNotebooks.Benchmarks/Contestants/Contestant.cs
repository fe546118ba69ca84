namespace BnNotebooks.Benchmarks;

/// <summary>One side of a comparison.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>One call of what is measured, from the input to the result.</summary>
    public abstract void Call();

    /// <summary>Seconds of calls, when a process first meets a case on a shape, before any counts.</summary>
    public virtual double FirstWarmUp => 0.4;

    /// <summary>Calls that do not count at the start of each round.</summary>
    public virtual int SettlingCalls => 1;

    public virtual void Dispose()
    {
    }
}
