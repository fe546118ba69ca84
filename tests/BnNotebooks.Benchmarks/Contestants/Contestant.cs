namespace BnNotebooks.Benchmarks;

/// <summary>One side of a comparison.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>One call of what is measured, from the input to the result.</summary>
    public abstract void Call();

    public virtual void Dispose()
    {
    }
}
