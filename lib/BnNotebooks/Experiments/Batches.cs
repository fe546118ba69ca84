namespace BnNotebooks.Experiments;

/// <summary>The order in which samples come: all of them shuffled, in batches, then shuffled again.</summary>
sealed class Batches
{
    readonly Random random;
    readonly long[] order;
    readonly int size;
    int next;

    public Batches(int samples, int size, Random random)
    {
        (this.size, this.random) = (size, random);
        order = [.. Enumerable.Range(0, samples).Select(i => (long)i)];
        next = samples; // shuffle first
    }

    /// <summary>The indices of the next batch. What fills no batch at the end of a pass waits for the next pass.</summary>
    public long[] Next()
    {
        if (next + size > order.Length)
        {
            random.Shuffle(order);
            next = 0;
        }
        next += size;
        return order[(next - size)..next];
    }
}
