using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BnNotebooks.Evidence;

/// <summary>What stands beside a study's numbers, in <c>data/evidence/NAME.json</c>: how they came about.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Seeds">How many seeds a side: 1, 2, 3, ….</param>
/// <param name="Machine">What computed.</param>
/// <param name="Packages">The versions of what computed.</param>
/// <param name="Sides">What was compared.</param>
public sealed record StudyRecord(
    string Question, int Seeds, string Machine, IReadOnlyDictionary<string, string> Packages, IReadOnlyList<SideRecord> Sides)
{
    static readonly JsonSerializerOptions Options = new(JsonList.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    internal static StudyRecord Read(string path) => JsonList.ParseOne<StudyRecord>(path, File.ReadAllText(path), Options);

    internal void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, Options) + "\n");
}

/// <summary>One side of a study.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Settings">All that its numbers depend on.</param>
/// <param name="Start">How its weights start, where that was chosen.</param>
/// <param name="Rate">Its learning rate, where it was chosen.</param>
/// <param name="MicrosecondsAStep">What a training step took, as measured beside the other sides; it differs from machine to machine.</param>
/// <param name="Tried">What was tried before, with the mean score on the validation samples.</param>
public sealed record SideRecord(
    string Name, string Settings, string? Start = null, double? Rate = null, double? MicrosecondsAStep = null, IReadOnlyList<Trial>? Tried = null);
