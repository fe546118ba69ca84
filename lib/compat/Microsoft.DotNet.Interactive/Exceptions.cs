using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>A cell did not compile.</summary>
public class CodeSubmissionCompilationErrorException(Exception innerException)
    : Exception("The submission did not compile.", innerException);

/// <summary>A command names a kernel that is not there.</summary>
public class NoSuitableKernelException(KernelCommand command)
    : Exception($"No kernel is named \"{command.TargetKernelName}\".");
