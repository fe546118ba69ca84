namespace BnNotebooks.Benchmarks;

/// <summary>One side of a comparison.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>One call of what is measured, from the input to the result.</summary>
    public abstract void Call();

    /// <summary>Whether most of its work is done by code that .NET compiles, and while it runs, compiles again.</summary>
    public virtual bool IsManaged => false;

    /// <summary>Readings of the clock in a round, at least.</summary>
    public virtual int LeastIterations => 1;

    /// <summary>Calls that do not count at the start of each round.</summary>
    public virtual int SettlingCalls => 1;

    public virtual void Dispose()
    {
    }
}

/// <summary>A side that computes the layer, rather than to show what the machine can do.</summary>
internal abstract class Computing : Contestant
{
    /// <summary>Does the same as a call, and says what came out.</summary>
    public abstract Outcome Compute();
}

/// <summary>Copies of what a call has computed.</summary>
/// <param name="Y">The output.</param>
/// <param name="Dx">The input's gradient; null without a backward pass.</param>
/// <param name="Dz">The residual's gradient; null where none is added, or without a backward pass.</param>
/// <param name="Gradients">The gradients of what is learned, γ first; null without a backward pass.</param>
internal sealed record Outcome(float[] Y, float[]? Dx = null, float[]? Dz = null, float[][]? Gradients = null);
