using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Environments;

namespace BnNotebooks.Benchmarks;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    /// <summary>A line on the machine and what computes on it, and one more if it is not quiet.</summary>
    public static string Describe()
    {
        var packages = EnvironmentReport.Read();
        var torchSharp = packages.Packages.FirstOrDefault(package => package.Id == "TorchSharp");
        var vector = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        var line = $"{Processor}, {Environment.ProcessorCount} cores, {vector}-bit vectors; {RuntimeInformation.FrameworkDescription}; "
            + $"libtorch {packages.TorchVersion} through TorchSharp {torchSharp?.Version}";
        return QuietMachine.Complaint(QuietMachine.Slowdown()) is { } complaint ? $"{line}\n{complaint}" : line;
    }

    static string Processor => HostEnvironmentInfo.GetCurrent().Cpu.Value?.ProcessorName is { Length: > 0 } name
        ? name
        : $"an {RuntimeInformation.ProcessArchitecture} processor";
}
