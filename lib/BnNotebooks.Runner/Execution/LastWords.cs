using System.Text;

namespace BnNotebooks.Runner.Execution;

/// <summary>
/// Drains what a process writes past its kernel (native libraries, the runtime's own messages), so that it never blocks,
/// and keeps how it begins: after a crash that tells why.
/// </summary>
sealed class LastWords
{
    const int Limit = 8_000; // characters

    readonly Lock gate = new();
    readonly StringBuilder words = new();
    readonly Task reading;

    public LastWords(StreamReader reader) => reading = DrainAsync(reader);

    /// <summary>Drops what was said before the next cell.</summary>
    public void Forget()
    {
        lock (gate)
            words.Clear();
    }

    /// <summary>The lines said since, once the process has closed its end or the wait is over.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(TimeSpan wait)
    {
        await Task.WhenAny(reading, Task.Delay(wait));
        lock (gate)
            return words.ToString().Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
    }

    async Task DrainAsync(StreamReader reader)
    {
        var block = new char[4096];
        while (await reader.ReadAsync(block) is > 0 and var length)
            lock (gate)
                words.Append(block, 0, Math.Min(length, Limit - words.Length));
    }
}
