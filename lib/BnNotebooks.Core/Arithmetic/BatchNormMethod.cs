namespace BnNotebooks.Core;

/// <summary>How a batch, layer, group, instance or RMS norm computes. The result is the same up to rounding; reading pleasure, trust and speed differ.</summary>
public enum BatchNormMethod
{
    /// <summary>
    /// In vectors of the element type, with sums of a few hundred values at a time that are added up in double, and on up to
    /// <see cref="Parallelism.NumThreads"/> threads. The default.
    /// </summary>
    Fast,

    /// <summary>Statistics in two passes, every intermediate result in double precision.</summary>
    Careful,

    /// <summary>Line by line as in the papers, in the element type's own precision: to read, not to train with.</summary>
    ByFormula,
}
