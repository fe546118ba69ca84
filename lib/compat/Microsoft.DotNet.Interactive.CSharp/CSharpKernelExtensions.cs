namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>Furnishes a C# kernel.</summary>
public static class CSharpKernelExtensions
{
    /// <summary>Lets cells say <c>display(…)</c> and <c>HTML(…)</c> without naming their class.</summary>
    public static CSharpKernel UseKernelHelpers(this CSharpKernel kernel)
    {
        kernel.Import(typeof(Kernel).FullName!);
        return kernel;
    }
}
