using System.Runtime.Intrinsics.X86;

namespace BnNotebooks.Core;

/// <summary>
/// How much the caches hold, in bytes, as the processor says; where it does not, as a present-day one would. (Tests set them, so that
/// small inputs go the ways of large ones.)
/// </summary>
internal static class CacheSizes
{
    /// <summary>A core's own cache (the second level).</summary>
    public static int OfCore { get; set; } = Level(2) ?? 1 << 20;

    /// <summary>The cache that cores share (the third level), or a core's own where there is none.</summary>
    public static int Shared { get; set; } = Level(3) ?? Math.Max(OfCore, 16 << 20);

    // Leaf 4 of Intel's processors, 8000001D of AMD's: a description of one cache after another, until the type is 0.
    private static int? Level(int level)
    {
        if (!X86Base.IsSupported)
            return null;
        int? size = null;
        var highest = (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax;
        foreach (var leaf in new[] { 4u, 0x8000001D })
        {
            if (leaf > 4 ? leaf > highest : X86Base.CpuId(0, 0).Eax < 4)
                continue;
            for (var i = 0; i < 8 && size is null; i++)
            {
                var (a, b, sets, _) = X86Base.CpuId((int)leaf, i);
                if ((a & 31) == 0)
                    break;
                if ((a >> 5 & 7) == level)
                    size = (int)Math.Min(int.MaxValue, (1L + (b >> 22 & 0x3FF)) * (1 + (b >> 12 & 0x3FF)) * (1 + (b & 0xFFF)) * (1L + (uint)sets));
            }
        }
        return size;
    }
}
