using System.Text.RegularExpressions;
using TorchSharp;

namespace BnNotebooks.Tests;

/// <summary>What the first cell of every notebook says.</summary>
public sealed class EnvironmentReportTests
{
    [Fact]
    public void The_report_names_each_replaceable_package_and_whether_it_stands_in()
    {
        var report = EnvironmentReport.Read();

        Assert.Equal(["Microsoft.Data.Analysis", "Plotly.NET", "TorchSharp"], report.Packages.Select(package => package.Id).Where(id => id != "libtorch-cpu"));
        Assert.All(report.Packages, package => Assert.Equal(package.StandIn, package.Version.Contains("compat")));
        Assert.Matches(new Regex(@"^\d+\.\d+"), report.TorchVersion);
    }

    [Fact]
    public void Reading_it_sets_libtorchs_threads_to_the_number_of_cores()
    {
        torch.set_num_threads(1);

        Assert.Equal(Environment.ProcessorCount, EnvironmentReport.Read().TorchThreads);
    }
}
