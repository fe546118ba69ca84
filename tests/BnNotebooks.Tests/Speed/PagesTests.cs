using BnNotebooks.Speed;
using TorchSharp;

namespace BnNotebooks.Tests.Speed;

public sealed class PagesTests
{
    [Fact]
    public void Memory_that_is_touched_for_the_first_time_faults()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how many pages it handed over.");
        var before = Pages.Faults();
        var block = new byte[64 << 20];
        block.AsSpan().Fill(1);

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
