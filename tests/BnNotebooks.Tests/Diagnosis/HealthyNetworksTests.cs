using BnNotebooks.Diagnosis;

namespace BnNotebooks.Tests.Diagnosis;

/// <summary>The doctor finds no fault where there is none.</summary>
[Collection(nameof(TorchRandomNumbers))]
public class HealthyNetworksTests
{
    // Every architecture once freshly calibrated and once trained; batch sizes and seeds go round.
    public static TheoryData<string, int, int, int> Cases => [.. HealthyNetworks.Architectures.Keys
        .SelectMany((name, i) => new[] { (name, BatchSize(i), i + 1, 0), (name, BatchSize(i + 1), i + 101, 150) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_healthy_network_has_no_fault(string architecture, int batchSize, int seed, int steps)
    {
        var (net, batches) = HealthyNetworks.Make(architecture, batchSize, seed, steps);

        var report = Doctor.Examine(net, batches);

        Assert.True(report.Healthy, report.ToString());
    }

    private static int BatchSize(int i) => 8 << i % 4;
}
