using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Compat.Tests.Interactive;

/// <summary>A composite kernel furnished as a notebook's host does it.</summary>
sealed class Session : IDisposable
{
    public CompositeKernel Kernel { get; } = new();

    public Session()
    {
        Kernel.Add(new CSharpKernel().UseKernelHelpers());
        Kernel.Add(new HtmlKernel());
        Kernel.DefaultKernelName = "csharp";
    }

    public async Task<IReadOnlyList<KernelEvent>> Run(string code, string? kernel = null) =>
        (await Kernel.SendAsync(new SubmitCode(code, kernel), TestContext.Current.CancellationToken)).Events;

    /// <summary>The text of a cell's last expression.</summary>
    public async Task<string> Value(string code)
    {
        var events = await Run(code);
        Assert.Null(events.OfType<CommandFailed>().FirstOrDefault()?.Message);
        return Assert.Single(events.OfType<ReturnValueProduced>()).FormattedValues.Single().Value;
    }

    public void Dispose() => Kernel.Dispose();
}
