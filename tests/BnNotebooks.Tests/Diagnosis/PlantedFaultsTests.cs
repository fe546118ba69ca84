using BnNotebooks.Diagnosis;

namespace BnNotebooks.Tests.Diagnosis;

/// <summary>The doctor names what was planted, and where.</summary>
[Collection(nameof(TorchRandomNumbers))]
public class PlantedFaultsTests
{
    public static TheoryData<string, int> Cases => [.. PlantedFaults.All.Keys.Select((name, i) => (name, i + 1))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_planted_fault_is_named(string what, int seed)
    {
        var fault = PlantedFaults.All[what];

        var report = fault.Examine(seed);

        var named = report.Findings.Any(finding => finding.Name == fault.Finding && (fault.Layer ?? finding.Layer) == finding.Layer);
        Assert.True(named, $"Expected '{fault.Finding}' at {fault.Layer ?? "some layer"}, but the report is: {report}");
    }

    [Fact]
    public void Of_everything_that_the_doctor_looks_for_there_is_a_planted_fault()
    {
        var planted = PlantedFaults.All.Values.Select(fault => fault.Finding).ToHashSet();
        Assert.All(Symptoms.All, symptom => Assert.Contains(Names(symptom), planted.Contains));
    }

    private static IEnumerable<string> Names(ISymptom symptom) => symptom.GetType().GetFields()
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
