using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground;

/// <summary>What this engine is.</summary>
static partial class About
{
    /// <summary>The library's version.</summary>
    [JSExport]
    public static string Version() => typeof(BatchNorm1d).Assembly.GetName().Version!.ToString(3);
}
