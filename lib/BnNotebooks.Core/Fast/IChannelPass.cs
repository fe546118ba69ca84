namespace BnNotebooks.Core;

/// <summary>
/// What a forward and a backward pass have in common: of every channel two sums are taken over all samples, something is
/// worked out from them, and then every value is computed anew. Only the order in memory matters for the speed, and that is
/// <see cref="ChannelWork{TPass}"/>'s to choose.
/// </summary>
internal unsafe interface IChannelPass
{
    /// <summary>Whether there are sums to take, or the statistics are known.</summary>
    bool Measures { get; }

    /// <summary>Whether there is anything to compute after the sums.</summary>
    bool Applies { get; }

    /// <summary>What is to be done for some channels before their sums are taken.</summary>
    void Prepare(int c0, int c1);

    /// <summary>Adds to the two sums of each of the tile's channels; the pointers are to those of channel 0.</summary>
    void Measure(Tile tile, double* first, double* second);

    /// <summary>
    /// Works out what depends only on the channel, from the finished sums if it measures. Returns whether the sums have to be taken
    /// once more, since they show that they were not taken well; not asked twice.
    /// </summary>
    bool Finish(int c0, int c1, double* first, double* second);

    /// <summary>Computes every value of the tile.</summary>
    void Apply(Tile tile);
}
