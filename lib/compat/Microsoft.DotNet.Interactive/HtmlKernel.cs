using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Shows cells written in HTML.</summary>
public class HtmlKernel() : Kernel(DefaultKernelName)
{
    /// <summary>What this kernel is called.</summary>
    public const string DefaultKernelName = "html";

    internal override Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new DisplayedValueProduced(command.Code, command, [new(HtmlFormatter.MimeType, command.Code)]));
        return Task.CompletedTask;
    }
}
