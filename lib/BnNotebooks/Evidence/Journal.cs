using System.Globalization;
using System.Text;

namespace BnNotebooks.Evidence;

/// <summary>
/// What has been computed for one side of a study, a line for each run, written as soon as it is there: a killed computation
/// goes on where it was, and a finished run is not repeated. One process at a time has it.
/// </summary>
sealed class Journal : IDisposable
{
    readonly Dictionary<string, Outcome> known = [];
    readonly FileStream file;

    /// <summary>Opens the journal of a side, or begins it.</summary>
    /// <exception cref="IOException">Another process has it.</exception>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">Whether it is complete, and any number of processes may look at it.</param>
    public Journal(string path, bool readOnly = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = readOnly
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        // What comes after the last line's end was cut off in the middle: it is computed again.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (!readOnly)
        {
            file.SetLength(whole);
            file.Position = whole;
        }
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split('\t') is [var key, var values, var right])
                known[key] = new Outcome([.. values.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))], RightWrong.Parse(right));
    }

    /// <summary>What was computed under this key, or what is computed now.</summary>
    public Outcome Get(string key, Func<Outcome> compute)
    {
        lock (known)
            if (known.TryGetValue(key, out var earlier))
                return earlier;
        var outcome = compute();
        var values = string.Join(' ', outcome.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        lock (known)
        {
            known[key] = outcome;
            file.Write(Encoding.UTF8.GetBytes($"{key}\t{values}\t{RightWrong.ToText(outcome.Right)}\n"));
            file.Flush();
        }
        return outcome;
    }

    public void Dispose() => file.Dispose();
}
