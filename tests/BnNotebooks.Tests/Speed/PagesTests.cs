using System.IO.MemoryMappedFiles;
using BnNotebooks.Speed;
using TorchSharp;

namespace BnNotebooks.Tests.Speed;

public sealed class PagesTests
{
    [Fact]
    public void Memory_that_is_touched_for_the_first_time_faults()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how many pages it handed over.");
        // Not an array, nor of malloc: these may give again what earlier tests left.
        using var fresh = MemoryMappedFile.CreateNew(null, 64 << 20);
        using var block = fresh.CreateViewAccessor();
        var before = Pages.Faults();
        for (var place = 0; place < block.Capacity; place += 4096)
            block.Write(place, (byte)1);

        Assert.True(Pages.Faults() > before, $"{before} page faults before, {Pages.Faults()} after");
    }

    [Fact]
    public void An_allocator_that_keeps_its_pages_hands_them_out_again()
    {
        const int Floats = 8 << 20;
        long FaultsOfOneUse()
        {
            var before = Pages.Faults() ?? 0;
            using var large = torch.ones(Floats);
            return (Pages.Faults() ?? 0) - before;
        }
        Assert.SkipUnless(Pages.Keep(4 * Floats), "This system's allocator does not take such wishes.");
        FaultsOfOneUse();

        // 32 MB are 8,192 pages. Other tests run beside this one and have faults of their own; of several tries one is quiet.
        Assert.True(Enumerable.Range(0, 50).Min(_ => FaultsOfOneUse()) < 1000);
    }
}
