using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Environments;
using BnNotebooks.Benchmarking;

namespace BnNotebooks.Benchmarks;

/// <summary>What the numbers are measured on here.</summary>
internal static class ThisMachine
{
    /// <summary>The machine and what computes on it, with a remark if it is not quiet.</summary>
    public static BenchmarkMachine Read()
    {
        var packages = EnvironmentReport.Read();
        var torchSharp = packages.Packages.FirstOrDefault(package => package.Id == "TorchSharp");
        var vector = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        return new BenchmarkMachine(Processor, Environment.ProcessorCount, vector, RuntimeInformation.FrameworkDescription,
            packages.TorchVersion, torchSharp?.Version ?? "unknown", Onnx.Version, QuietMachine.Complaint(QuietMachine.Slowdown()));
    }

    static string Processor => HostEnvironmentInfo.GetCurrent().Cpu.Value?.ProcessorName is { Length: > 0 } name
        ? name
        : $"an {RuntimeInformation.ProcessArchitecture} processor";
}
