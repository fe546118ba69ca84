namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Something that a kernel is asked to do.</summary>
public abstract class KernelCommand
{
    internal KernelCommand(string? targetKernelName) => TargetKernelName = targetKernelName;

    /// <summary>The kernel that is meant, or null for the default one.</summary>
    public string? TargetKernelName { get; }
}

/// <summary>Runs the code of one cell.</summary>
public class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The text of the cell.</summary>
    public string Code { get; } = code;

    /// <inheritdoc/>
    public override string ToString() => $"SubmitCode: {Code}";
}
