namespace BnNotebooks.Benchmarks;

/// <summary>One side of a comparison.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>One call of what is measured, from the input to the result.</summary>
    public abstract void Call();

    /// <summary>Calls that do not count at the start of each round.</summary>
    public virtual int SettlingCalls => 1;

    public virtual void Dispose()
    {
    }
}
