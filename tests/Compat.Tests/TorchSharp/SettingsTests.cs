using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

[Collection(OneAtATime)]
public sealed class SettingsTests : LibTorchTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(7);
        var first = Numbers(randn(100));
        var next = Numbers(randn(100));
        manual_seed(7);

        Assert.Equal(first, Numbers(randn(100)));
        Assert.NotEqual(first, next);
    }

    [Fact]
    public void Seed_42_gives_the_numbers_of_every_libtorch()
    {
        manual_seed(42);

        AssertClose([0.33669037f, 0.1288094f, 0.23446237f], randn(3)); // torch.manual_seed(42); torch.randn(3) in PyTorch
    }

    [Fact]
    public void The_thread_count_is_what_was_set()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(2);
            Assert.Equal(2, get_num_threads());
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
            Assert.Throws<ExternalException>(() => set_num_threads(0));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Libtorch_says_which_it_is()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
        Assert.Contains("BLAS", Config, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("OpenMP", Config);
    }

    // As a notebook's kernel does it.
    [Fact]
    public void A_second_copy_loaded_by_its_path_finds_the_native_library_too()
    {
        var copy = new AssemblyLoadContext("notebook").LoadFromAssemblyPath(typeof(Tensor).Assembly.Location);

        var threads = copy.GetType("TorchSharp.torch")!.GetMethod(nameof(get_num_threads))!.Invoke(null, null);

        Assert.NotSame(typeof(Tensor).Assembly, copy);
        Assert.Equal(get_num_threads(), threads);
    }
}
