namespace BnNotebooks.Runner.Execution;

/// <summary>
/// Drains what a process writes past its kernel (native libraries, the runtime's own messages), so that it never blocks,
/// and keeps the first lines: after a crash they tell why.
/// </summary>
sealed class LastWords
{
    const int Limit = 40;

    readonly Lock gate = new();
    readonly List<string> lines = [];
    readonly Task reading;

    public LastWords(StreamReader reader) => reading = DrainAsync(reader);

    /// <summary>Drops what was said before the next cell.</summary>
    public void Forget()
    {
        lock (gate)
            lines.Clear();
    }

    /// <summary>The lines said since, once the process has closed its end or the wait is over.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(TimeSpan wait)
    {
        await Task.WhenAny(reading, Task.Delay(wait));
        lock (gate)
            return [.. lines];
    }

    async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (!string.IsNullOrWhiteSpace(line))
                Keep(line);
    }

    void Keep(string line)
    {
        lock (gate)
            if (lines.Count < Limit)
                lines.Add(line);
    }
}
