using TorchSharp;

namespace BnNotebooks.Tests;

/// <summary>What the first cell of every notebook says.</summary>
public sealed class EnvironmentReportTests
{
    [Fact]
    public void The_report_names_the_pinned_packages_and_the_libtorch_behind_them()
    {
        var line = EnvironmentReport.Read().ToString();

        Assert.Contains("libtorch 2.10.0", line);
        Assert.Contains("TorchSharp 0.107.0", line);
        Assert.Contains("Plotly.NET 6.0.0", line);
        Assert.Contains("Microsoft.Data.Analysis 0.23.1", line);
    }

    [Fact]
    public void Reading_it_sets_libtorchs_threads_to_the_number_of_cores()
    {
        torch.set_num_threads(1);

        Assert.Equal(Environment.ProcessorCount, EnvironmentReport.Read().TorchThreads);
    }
}
