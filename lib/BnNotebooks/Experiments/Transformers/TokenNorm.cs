namespace BnNotebooks.Experiments.Transformers;

/// <summary>What normalizes the residual stream of a <see cref="Transformer"/>.</summary>
public enum TokenNorm
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Layer norm: mean and deviation over the channels of one token (Ba, Kiros and Hinton 2016).</summary>
    Layer,

    /// <summary>RMS norm: the root mean square alone, no mean and no β (Zhang and Sennrich 2019).</summary>
    Rms,

    /// <summary>Dynamic tanh, γ·tanh(αx) + β with a learned number α: no statistics at all (Zhu et al. 2025).</summary>
    DyT,

    /// <summary>The same without the tanh, γ·αx + β: a control, which squashes nothing.</summary>
    Scale,

    /// <summary>Batch norm: mean and deviation of a channel over all tokens of all sequences of the batch.</summary>
    Batch,
}

/// <summary>Where the normalization of a residual branch f stands.</summary>
public enum NormPlace
{
    /// <summary>x + f(norm(x)), and one more behind the last block: pre-LN.</summary>
    Before,

    /// <summary>norm(x + f(x)): post-LN, the order of Vaswani et al. 2017.</summary>
    After,

    /// <summary>x + norm(f(norm(x))), and one more before the first block and behind the last: peri-LN (Kim et al. 2025).</summary>
    Both,
}
