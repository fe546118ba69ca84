using System.Globalization;
using System.Text;

namespace BnNotebooks.Evidence;

/// <summary>
/// The results of a study as CSV: side, seed, the metrics, and last which test samples were right (see
/// <see cref="RightWrong"/>). Beside it lies a <see cref="StudyRecord"/>.
/// </summary>
public static class EvidenceFile
{
    const string RightColumn = "right";

    static readonly Dictionary<string, (DateTime Written, Results Results)> latest = [];

    /// <summary>Where the committed evidence lies.</summary>
    public static string Folder => RepositoryRoot.File("data", "evidence");

    /// <summary>The committed results of a study.</summary>
    /// <param name="study">Its name, for example <c>faster-training</c>.</param>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message says where.</exception>
    public static Results Read(string study)
    {
        // Many sentences rest on one file, so it is kept for as long as it stays as it is.
        var written = File.GetLastWriteTimeUtc(Existing(Folder, study, ".csv"));
        lock (latest)
        {
            if (!latest.TryGetValue(study, out var known) || known.Written != written)
                latest[study] = known = (written, ReadFrom(Folder, study));
            return known.Results;
        }
    }

    /// <summary>How they came about.</summary>
    /// <param name="study">The study's name.</param>
    /// <exception cref="FileNotFoundException">There is no such evidence.</exception>
    public static StudyRecord ReadRecord(string study) => StudyRecord.Read(Existing(Folder, study, ".json"));

    internal static Results ReadFrom(string folder, string study)
    {
        var path = Existing(folder, study, ".csv");
        string[] lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0].Split(',') is not ["side", "seed", .. var metrics, RightColumn])
            throw new InvalidDataException($"{path}: expected a first line 'side,seed,…,{RightColumn}' and rows below it.");
        return new Results(study, metrics, lines.Skip(1).Index().Select(entry => Row(path, entry.Index + 2, entry.Item, metrics.Length)));
    }

    internal static void Write(string folder, string study, Results results)
    {
        var text = new StringBuilder().AppendJoin(',', (string[])["side", "seed", .. results.Metrics, RightColumn]).Append('\n');
        foreach (var row in results.Rows)
            text.AppendJoin(',', (string[])[row.Side, $"{row.Seed}", .. row.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)), RightWrong.ToText(row.Right)]).Append('\n');
        WholeFile.Write(Path.Combine(folder, study + ".csv"), text.ToString());
    }

    static Results.Row Row(string path, int line, string text, int metrics)
    {
        try
        {
            // No name has a comma in it: Studies sees to that.
            if (text.Split(',') is [var side, var seed, .. var values, var right] && values.Length == metrics)
                return new Results.Row(side, int.Parse(seed, CultureInfo.InvariantCulture),
                    [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))], RightWrong.Parse(right));
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{path}, line {line}: {error.Message}", error);
        }
        throw new InvalidDataException($"{path}, line {line}: expected a side, a seed, {metrics} numbers and a last column, but it is '{text}'.");
    }

    static string Existing(string folder, string study, string ending)
    {
        var path = Path.Combine(folder, study + ending);
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"There is no evidence '{study}' ({path}). It is computed by: dotnet bn.cs evidence {study} --update", path);
    }
}
