using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.Torch;

/// <summary>
/// What the tests of the stand-in for TorchSharp share: they are skipped where libtorch is missing, and their tensors go
/// with the test.
/// </summary>
public abstract class LibTorchTests : IDisposable
{
    /// <summary>Tests that use libtorch's one random generator or thread count must not run at the same time.</summary>
    public const string OneAtATime = "libtorch";

    readonly DisposeScope scope;

    protected LibTorchTests()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        scope = NewDisposeScope();
    }

    public void Dispose()
    {
        scope?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Why libtorch cannot be used here and what to do about it, or null.</summary>
    static string? Missing { get; } = FindOut();

    static string? FindOut()
    {
        try
        {
            get_num_threads();
            return null;
        }
        catch (NotSupportedException e)
        {
            return e.Message;
        }
    }

    protected static float[] Numbers(Tensor? tensor) => tensor!.data<float>().ToArray();

    /// <summary>Equal but for the rounding of a few float operations on numbers of the size of one.</summary>
    protected static void AssertClose(float[] expected, Tensor? actual) =>
        Assert.All(Numbers(actual).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
}
