namespace BnNotebooks.Diagnosis;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the network can be healthy all the same.</summary>
    Remark,

    /// <summary>The network, or the data, is most likely not as its owner believes.</summary>
    Fault,
}

/// <summary>One thing that the doctor found.</summary>
/// <param name="Name">What it is called, for example <c>averages never updated</c>.</param>
/// <param name="Layer">The layer's name in the network, or what else it concerns: <c>network</c>, <c>batches</c>, <c>inputs</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Seen">What was seen, with numbers.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record Finding(string Name, string Layer, Severity Severity, string Seen, string Advice)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{(Severity == Severity.Fault ? "fault" : "remark")} at {Layer}: {Name}. {Seen} {Advice}";
}
