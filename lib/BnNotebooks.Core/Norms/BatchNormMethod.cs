namespace BnNotebooks.Core;

/// <summary>How a batch norm computes. The result is the same up to rounding; reading pleasure, trust and speed differ.</summary>
public enum BatchNormMethod
{
    /// <summary>
    /// Statistics in one pass over the data, in double precision, in vectors and on up to <see cref="Parallelism.NumThreads"/>
    /// threads. The default.
    /// </summary>
    Fast,

    /// <summary>Statistics in two passes, every intermediate result in double precision.</summary>
    Careful,

    /// <summary>Line by line as in the paper, in the element type's own precision: to read, not to train with.</summary>
    ByFormula,
}
