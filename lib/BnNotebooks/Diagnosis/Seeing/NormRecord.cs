namespace BnNotebooks.Diagnosis;

/// <summary>One passage of a batch through a normalization layer.</summary>
/// <param name="Batch">The number of the batch, from 0.</param>
/// <param name="Call">How often the layer had been called before in the same forward pass.</param>
/// <param name="Input">What came in.</param>
/// <param name="Sets">The sets of values that were normalized together; of a batch norm in training they are the channels.</param>
/// <param name="Output">What went out.</param>
sealed record Visit(int Batch, int Call, Channels Input, Channels Sets, Channels Output);

/// <summary>What was seen at a normalization layer.</summary>
sealed class NormRecord(NormLayer layer)
{
    Population? trainInput, evalInput, trainOutput, evalOutput;

    public NormLayer Layer { get; } = layer;

    /// <summary>The visits in training mode, batch by batch.</summary>
    public List<Visit> Train { get; } = [];

    /// <summary>The visits in evaluation mode, with the averages as they were before the examination.</summary>
    public List<Visit> Eval { get; } = [];

    /// <summary>Whether the forward pass reached the layer; null where that could not be found out.</summary>
    public bool? Reached { get; set; }

    /// <summary>Whether it was reached through <c>call</c>, so that its input could be seen.</summary>
    public bool Seen => Train.Count > 0 && Eval.Count > 0;

    /// <summary>How often one forward pass uses the layer.</summary>
    public int Uses => Seen ? Eval.Max(visit => visit.Call) + 1 : 0;

    /// <summary>The input's statistics over all batches, in training mode: what the averages should have come to.</summary>
    public Population TrainInput => trainInput ??= Population.Of([.. Train.Select(visit => visit.Input)]);

    public Population EvalInput => evalInput ??= Population.Of([.. Eval.Select(visit => visit.Input)]);
    public Population TrainOutput => trainOutput ??= Population.Of([.. Train.Select(visit => visit.Output)]);
    public Population EvalOutput => evalOutput ??= Population.Of([.. Eval.Select(visit => visit.Output)]);

    /// <summary>Whether there are averages to compare with finite statistics of the data.</summary>
    public bool Comparable => Seen && Layer is { Kind: NormKind.Batch, RunningMean: { } mean, RunningVar: { } variance }
        && Array.TrueForAll(mean, double.IsFinite) && Array.TrueForAll(variance, v => v >= 0 && double.IsFinite(v))
        && Train.TrueForAll(visit => visit.Input.Finite) && Train.Sum(visit => visit.Input.Values) > 1;
}
