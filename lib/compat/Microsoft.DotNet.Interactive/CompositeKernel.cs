using System.Collections;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>Holds the kernels of a notebook and hands each cell to the right one.</summary>
public class CompositeKernel(string? name = null) : Kernel(name ?? ".NET"), IEnumerable<Kernel>
{
    readonly Dictionary<string, Kernel> children = [];

    /// <summary>The kernel of cells that name none.</summary>
    public string? DefaultKernelName { get; set; }

    /// <summary>Adds a kernel under its name and its aliases.</summary>
    public void Add(Kernel kernel, IEnumerable<string>? aliases = null)
    {
        foreach (var alias in (aliases ?? []).Prepend(kernel.Name))
            if (!children.TryAdd(alias, kernel))
                throw new ArgumentException($"There is a kernel named \"{alias}\" already.", nameof(kernel));
        kernel.ParentKernel = this;
        DefaultKernelName ??= kernel.Name;
    }

    /// <inheritdoc/>
    public IEnumerator<Kernel> GetEnumerator() => children.Values.Distinct().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override async Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        foreach (var part in Split(command))
        {
            if (part.TargetKernelName is null || !children.TryGetValue(part.TargetKernelName, out var kernel))
                throw new NoSuitableKernelException(part);
            context.Enter(kernel, part);
            await kernel.HandleAsync(part, context);
            if (context.HasFailed)
                break;
        }

        context.Enter(this, command);
    }

    // A line "#!name" hands what follows to the kernel of that name. The rest of a cell without any keeps its line numbers.
    IReadOnlyList<SubmitCode> Split(SubmitCode command)
    {
        var parts = new List<SubmitCode>();
        var target = command.TargetKernelName ?? DefaultKernelName;
        var lines = new List<string>();
        foreach (var line in command.Code.Split('\n'))
        {
            if (!line.StartsWith("#!", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            Flush();
            target = line[2..].Trim();
        }

        Flush();
        return parts is [] ? [new(command.Code, target)] : parts;

        void Flush()
        {
            var code = string.Join('\n', lines);
            if (!string.IsNullOrWhiteSpace(code))
                parts.Add(new(code, target));
            lines.Clear();
        }
    }
}
