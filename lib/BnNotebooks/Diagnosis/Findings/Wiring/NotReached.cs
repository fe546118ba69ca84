namespace BnNotebooks.Diagnosis;

/// <summary>Layers that the forward pass does not use, and those that it uses in a way that can't be seen.</summary>
sealed class NotReached : ISymptom
{
    public const string Name = "never reached", Unseen = "not seen";

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.Norms.Where(norm => !norm.Seen))
            yield return norm.Reached == false
                ? new Finding(Name, norm.Layer.Name, Severity.Fault, "The network has this layer, and its forward pass does not use it.",
                    "Use it in forward, or take it out: its averages never move and its parameters never learn.")
                : new Finding(Unseen, norm.Layer.Name, Severity.Remark,
                    norm.Reached == true
                        ? "The forward pass uses this layer through forward(), where TorchSharp runs no hooks: what passes it could not be seen."
                        : "What passes this layer could not be seen: it is not used, or through forward().",
                    "Call layers with call(x) instead of forward(x), and examine again.");
    }
}
