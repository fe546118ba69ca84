using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using BnNotebooks.Runner.Execution;

namespace BnNotebooks.Runner.Jupyter;

/// <summary>What <c>nbconvert_config.py</c> tells of a cell that has ended. Before the first, an empty one: the kernel is ready.</summary>
sealed record JupyterMessage(int Index, int? Count, JsonArray Outputs);

/// <summary>A notebook that Jupyter executes, seen from the Runner.</summary>
sealed class JupyterProcess : IAsyncDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10); // Jupyter lets its kernel leave in order

    readonly Process process;
    readonly LastWords errors;

    JupyterProcess(Process process)
    {
        this.process = process;
        process.StandardInput.Close();
        errors = new(process.StandardError);
    }

    public static JupyterProcess Start(ProcessStartInfo command) => new(Descendants.Start(command));

    /// <summary>The next message, or null where Jupyter has ended.</summary>
    /// <exception cref="TimeoutException">It did not come in time; Jupyter has been stopped.</exception>
    public async Task<JupyterMessage?> NextAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask()
                .WaitAsync(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, cancellation);
            if (line is not null)
                errors.Forget(); // what was said before the next cell
            return line is null ? null : JsonSerializer.Deserialize<JupyterMessage>(line, JsonSerializerOptions.Web);
        }
        catch (TimeoutException)
        {
            Kill();
            throw;
        }
    }

    /// <summary>Why Jupyter ended: what it said, without the way there through its own code.</summary>
    public async Task<string> DescribeEndAsync()
    {
        var lines = await errors.ReadAsync(Grace);
        return string.Join(' ', lines.Where(line => line[0] is not (' ' or '[') && !line.StartsWith("Traceback", StringComparison.Ordinal)).Take(3));
    }

    /// <summary>Ends Jupyter and its kernel at once.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    /// <summary>Lets Jupyter end, and sees to it that it does, and all that the cells have started.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Grace));
        Kill();
        await process.WaitForExitAsync();
        Descendants.EndWhatIsLeftBy(process);
        process.Dispose();
    }
}
