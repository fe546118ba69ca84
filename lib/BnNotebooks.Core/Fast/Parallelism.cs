namespace BnNotebooks.Core;

/// <summary>How many threads a layer may use, as <c>torch.set_num_threads</c> and <c>torch.get_num_threads</c>.</summary>
public static class Parallelism
{
    /// <summary>
    /// The most threads that one forward or backward pass works with, the calling one included: at first as many as there are
    /// processors. Small inputs are left to the calling thread alone. The results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int NumThreads
    {
        get;
        set => field = Guard.Positive(value, nameof(NumThreads));
    } = Environment.ProcessorCount;
}
