using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>
/// Computes studies. The unit of work is one side of one study, with all its seeds: shards take units in turn, each unit has a
/// <see cref="Journal"/> of its own, and a study whose sides are all complete is put together. Shards need to share nothing but
/// the folder, at the same time or later.
/// </summary>
/// <param name="folder">Where the journals and the results go.</param>
/// <param name="seeds">How many seeds, or null for as many as each study wants.</param>
/// <param name="workers">How many runs at a time.</param>
/// <param name="say">Gets a line of progress.</param>
sealed class Computation(string folder, int? seeds, int workers, Action<string> say)
{
    /// <summary>Computes the units of a shard, then puts together whatever is complete.</summary>
    /// <param name="studies">What to compute.</param>
    /// <param name="shard">Which shard, from 1.</param>
    /// <param name="shards">Of how many.</param>
    /// <returns>The studies that are complete.</returns>
    public IReadOnlyList<Study> Run(IReadOnlyList<Study> studies, int shard = 1, int shards = 1)
    {
        var units = studies.SelectMany(study => study.Sides.Select(side => (study, side))).ToArray();
        foreach (var (index, (study, side)) in units.Index())
            if (index % shards == shard - 1)
                Compute(study, side, $"{index + 1}/{units.Length}");
        Study[] complete = [.. studies.Where(study => study.Sides.All(side => IsComplete(study, side)))];
        foreach (var study in complete)
            if (!IsPutTogether(study))
                PutTogether(study);
        return complete;
    }

    int SeedsOf(Study study) => seeds ?? study.Seeds;

    void Compute(Study study, Side side, string position)
    {
        if (IsComplete(study, side))
            return;
        Journal journal;
        try
        {
            journal = new Journal(JournalOf(study, side));
        }
        catch (IOException)
        {
            say($"{position} {study.Name}, {side.Name}: another process computes it");
            return;
        }
        using (journal)
        {
            say($"{position} {study.Name}, {side.Name}");
            var choice = side.Choose(journal, workers);
            if (choice.Start is not null)
                say($"    chosen: {choice.Start}, learning rate {choice.Rate} (of {choice.Tried.Count} tried)");
            Workers.Map([.. Enumerable.Range(1, SeedsOf(study))], seed => journal.Get($"run {seed}", () => side.Run(choice, seed)), workers);
        }
        File.WriteAllText(Done(study, side), "");
    }

    // The results are made of the journals alone, so it does not matter which process puts them together, nor how often.
    void PutTogether(Study study)
    {
        List<Results.Row> rows = [];
        List<SideRecord> sides = [];
        var costs = StepCost.Measure(study, side => Read(study, side, journal => side.Choose(journal, workers)));
        foreach (var side in study.Sides)
            Read(study, side, journal =>
            {
                var choice = side.Choose(journal, workers);
                sides.Add(new SideRecord(side.Name, side.Settings, choice.Start, double.IsNaN(choice.Rate) ? null : choice.Rate,
                    costs.TryGetValue(side, out var cost) ? cost : null, choice.Tried.Count > 0 ? choice.Tried : null));
                for (var seed = 1; seed <= SeedsOf(study); seed++)
                {
                    var outcome = journal.Get($"run {seed}", () => throw new InvalidOperationException($"The journal of {study.Name}, {side.Name} lacks seed {seed}."));
                    rows.Add(new Results.Row(side.Name, seed, outcome.Values, outcome.Right?.ToArray()));
                }
                return true;
            });
        EvidenceFile.Write(folder, study.Name, new Results(study.Name, study.Metrics, rows));
        var here = EnvironmentReport.Read();
        new StudyRecord(study.Question, SeedsOf(study), Processor(), here.Packages.Append(new PackageInUse("libtorch", here.TorchVersion))
            .ToDictionary(package => package.Id, package => package.Version), sides).Write(Path.Combine(folder, study.Name + ".json"));
        say($"{study.Name}: complete, {SeedsOf(study)} seeds");
    }

    T Read<T>(Study study, Side side, Func<Journal, T> read)
    {
        using var journal = new Journal(JournalOf(study, side), readOnly: true);
        return read(journal);
    }

    static string Processor()
    {
        const string known = "/proc/cpuinfo", line = "model name";
        var name = File.Exists(known) ? File.ReadLines(known).FirstOrDefault(text => text.StartsWith(line, StringComparison.Ordinal)) : null;
        return $"{name?[(name.IndexOf(':') + 1)..].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}"}, {Environment.ProcessorCount} cores";
    }

    bool IsPutTogether(Study study)
    {
        string[] results = [Path.Combine(folder, study.Name + ".csv"), Path.Combine(folder, study.Name + ".json")];
        return results.All(File.Exists)
            && study.Sides.Max(side => File.GetLastWriteTimeUtc(Done(study, side))) < results.Min(File.GetLastWriteTimeUtc)
            && StudyRecord.Read(results[1]).Sides.Select(side => side.Settings).SequenceEqual(study.Sides.Select(side => side.Settings))
            && StudyRecord.Read(results[1]).Seeds == SeedsOf(study);
    }

    bool IsComplete(Study study, Side side) => File.Exists(Done(study, side));

    string Done(Study study, Side side) => $"{JournalOf(study, side)}.{SeedsOf(study)}-seeds";

    // Other settings, another journal.
    string JournalOf(Study study, Side side)
    {
        var settings = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(side.Settings)))[..8];
        var name = string.Concat(side.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return Path.Combine(folder, "runs", study.Name, $"{name}-{settings}");
    }
}
