using System.CommandLine;
using System.Text.Json.Nodes;
using BnNotebooks.Evidence;
using BnNotebooks.Runner.Notebooks;

namespace BnNotebooks.Runner.Commands;

/// <summary>
/// <c>evidence</c>: computes the studies on which the ledger's verdicts rest. It goes on where an earlier run was ended, and takes
/// its share where others compute too.
/// </summary>
static class EvidenceCommand
{
    static readonly string DefaultFolder = Path.Combine("out", "evidence");

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "The studies; all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "Say which studies there are, and compute nothing." };
        var seeds = new Option<int?>("--seeds") { Description = "How many seeds a side, at least 2; without it, as many as each study wants." };
        var shard = new Option<string>("--shard") { Description = "I/N: compute the Ith of N shares. All shares need the same --out, at the same time or later.", DefaultValueFactory = _ => "1/1" };
        var workers = new Option<int>("--workers") { Description = "How many runs at a time; without it, as many as there are processors.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var folder = new Option<string>("--out") { Description = "The folder for what is computed.", DefaultValueFactory = _ => DefaultFolder };
        var update = new Option<bool>("--update") { Description = "Put complete results into data/evidence, and write the sentences that rest on them into the notebooks." };
        var command = new Command("evidence", "Computes the evidence for the ledger's verdicts: many seeds, resumable, in shares.") { names, list, seeds, shard, workers, folder, update };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
                return List();
            if (Shard(parsed.GetValue(shard)!) is not var (i, n))
                return Wrong($"Expected --shard I/N with 1 <= I <= N, but it is '{parsed.GetValue(shard)}'.");
            if (parsed.GetValue(seeds) < 2 || parsed.GetValue(workers) < 1)
                return Wrong("Expected --seeds of at least 2 and --workers of at least 1.");
            if (parsed.GetValue(update) && parsed.GetValue(seeds) is not null)
                return Wrong("Expected --update without --seeds: what is committed has all the seeds that a study wants.");
            var unknown = parsed.GetValue(names)!.FirstOrDefault(name => StudyList.All.All(study => study.Name != name));
            if (unknown is not null)
                return Wrong($"There is no study '{unknown}'. There are: {string.Join(", ", StudyList.All.Select(study => study.Name))}.");
            Study[] studies = [.. StudyList.All.Where(study => parsed.GetValue(names)!.Length == 0 || parsed.GetValue(names)!.Contains(study.Name))];
            var complete = new Computation(parsed.GetValue(folder)!, parsed.GetValue(seeds), parsed.GetValue(workers), Console.WriteLine).Run(studies, i, n);
            Console.WriteLine($"{complete.Count} of {studies.Length} studies are complete: {parsed.GetValue(folder)}");
            return parsed.GetValue(update) ? Update(parsed.GetValue(folder)!, complete) : ExitCode.Ok;
        });
        return command;
    }

    static int List()
    {
        foreach (var study in StudyList.All)
            Console.WriteLine($"{study.Name}: {study.Question}");
        return ExitCode.Ok;
    }

    static int Update(string folder, IReadOnlyList<Study> complete)
    {
        foreach (var study in complete)
            foreach (var ending in (string[])[".csv", ".json"])
                WholeFile.Write(Path.Combine(EvidenceFile.Folder, study.Name + ending), File.ReadAllText(Path.Combine(folder, study.Name + ending)));
        foreach (var path in Directory.GetFiles(RepositoryRoot.File("notebooks"), "*.ipynb"))
            if (Filled(NotebookDocument.Load(path)) is { } filled)
            {
                filled.Save(path);
                Console.WriteLine($"{filled.Name}: sentences written");
            }
        return ExitCode.Ok;
    }

    /// <summary>The notebook with its sentences as the evidence composes them, or null where they are so already.</summary>
    internal static NotebookDocument? Filled(NotebookDocument document)
    {
        var changed = false;
        foreach (var cell in document.Cells.Where(cell => cell.Kind == "markdown"))
            if (Prose.Fill(cell.Source) is var text && text != cell.Source)
            {
                cell.Json["source"] = new JsonArray([.. Lines(text)]);
                changed = true;
            }
        return changed ? document : null;
    }

    static IEnumerable<JsonNode> Lines(string text)
    {
        var lines = text.Split('\n');
        return lines.Select((line, i) => (JsonNode)JsonValue.Create(i < lines.Length - 1 ? line + "\n" : line)!).Where(line => line.GetValue<string>().Length > 0);
    }

    static (int I, int N)? Shard(string text) =>
        text.Split('/') is [var i, var n] && int.TryParse(i, out var index) && int.TryParse(n, out var count) && index >= 1 && index <= count ? (index, count) : null;

    static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Usage;
    }
}
